"""`python -m checker.cli` is `fazhi`."""

from checker.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
