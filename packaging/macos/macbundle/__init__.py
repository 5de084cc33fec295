# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of Porchlight.app. None of them needs a Mac to be read or tested but what tools.py calls."""
