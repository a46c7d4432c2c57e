"""RENDER (输出): an assessment into what we deliver, one module per thing."""
