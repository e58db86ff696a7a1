"""`python -m dashboard` is the program `inburgering`."""

import sys

from dashboard.cli import main

sys.exit(main())
