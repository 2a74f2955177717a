#!/usr/bin/env python3
"""ptybench with what it lacks: right answers about the cursor, and cold starts.

    terminal.py BENCH [--cold] ARGUMENTS      BENCH: the folder of ptybench.py; ARGUMENTS: those of ptybench.py

ptybench answers "where is the cursor?" with where it stands after everything that was read at once. A program that
asks several times in one go then gets one answer many times. Here each answer is for the place of its question.
With --cold the files that a program is given are dropped from the page cache before it starts.
"""
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import ptybench  # noqa: E402  (found in the folder that the first argument names)

QUESTION = re.compile(rb"\x1b\[\??[56]n")


def drop(path):
    """Takes a file out of the page cache."""
    fd = os.open(path, os.O_RDONLY)
    os.fsync(fd)
    os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(fd)


class Terminal(ptybench.Term):
    """A terminal that takes what it reads one question at a time."""

    cold = False
    reading = False

    def __init__(self, cmd, *rest, **named):
        if self.cold:
            for path in filter(os.path.isfile, cmd[1:]):
                drop(path)
        super().__init__(cmd, *rest, **named)

    def read(self, timeout):
        """While it reads, ptybench feeds the screen only to answer a question."""
        self.reading = True
        try:
            return super().read(timeout)
        finally:
            self.reading = False

    def feed(self):
        """Feeds the screen: all there is, or as far as the next question."""
        if not (self.reading and self.log):
            return super().feed()
        when, text = self.log[-1][0], b"".join(part for _, part in self.log)
        question = QUESTION.search(text)
        end = question.end() if question else len(text)
        self.scr.feed(text[:end])
        self.log[:] = [(when, text[end:])] if text[end:] else []


if __name__ == "__main__":
    Terminal.cold = sys.argv[2] == "--cold"
    sys.argv[1:] = sys.argv[3 if Terminal.cold else 2:]
    ptybench.Term = Terminal
    ptybench.main()
