/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where gettext() finds words. */

#pragma once

/** pl_text_domain_bind: @folder: (type filename): with the catalogues of @domain. */
void pl_text_domain_bind (const char *domain, const char *folder);
