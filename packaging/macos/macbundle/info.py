# SPDX-License-Identifier: GPL-3.0-or-later
"""Info.plist: what macOS reads about a bundle before it starts anything in it."""

import plistlib

IDENTIFIER = "app.porchlight.Porchlight"
EXECUTABLE = "Porchlight"
ICON = "Porchlight.icns"

# Of what Homebrew supports, the oldest at the time of writing.
OLDEST_SYSTEM = "13.0"


def info_plist(version, languages):
    """The file's octets. Not LSUIElement: until somebody has seen the lamp in the menu bar, the Dock is the
    sure way back to the window."""
    return plistlib.dumps({
        "CFBundleIdentifier": IDENTIFIER,
        "CFBundleName": "Porchlight",
        "CFBundleDisplayName": "Porchlight",
        "CFBundleExecutable": EXECUTABLE,
        "CFBundleIconFile": ICON,
        "CFBundlePackageType": "APPL",
        "CFBundleInfoDictionaryVersion": "6.0",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", *languages],
        "LSApplicationCategoryType": "public.app-category.utilities",
        "LSMinimumSystemVersion": OLDEST_SYSTEM,
        "LSMultipleInstancesProhibited": True,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "GNU General Public License, version 3 or later",
        # macOS asks for this since version 15, before a program sees others in the network.
        "NSLocalNetworkUsageDescription":
            "Porchlight lets your phones in, and looks for Immich in your network.",
    })
