"""The command line (命令行): a door. Each command is one module, imported when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

from checker.cli.arguments import parse
from checker.cli.terminal import complain, prepare_streams
from checker.errors import CheckerError

FAILED = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command: 0 where nothing is wanting, 1 where something is, 2 where it could not be done."""
    prepare_streams()
    try:
        arguments = parse(argv)
        if isinstance(arguments, int):
            return arguments
        code: int = importlib.import_module(arguments.module).run(arguments)
        sys.stdout.flush()
        return code
    except CheckerError as error:
        complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        complain("已中断。没有写到一半的文件；要全部结果，请原样再运行一次。")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
