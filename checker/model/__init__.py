"""The nouns (名词): immutable, without behaviour that needs another stage."""
