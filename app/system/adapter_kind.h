/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an adapter of Windows leads to. Nothing here needs Windows. */

#pragma once

#include "app/system/own_addresses.h"

/**
 * pl_adapter_kind_of:
 * @type: its IfType (IANA ifType; 24 is the loopback, 6 Ethernet, 71 Wi-Fi)
 * @description: in English, as its driver has it: `Hyper-V Virtual Ethernet Adapter #2`
 * @has_gateway: others are reached through it
 *
 * A switch that virtual machines share with the network has the address of the computer there, and
 * the gateway with it: it is no bridge.
 */
PlInterfaceKind pl_adapter_kind_of (guint type, const char *description, gboolean has_gateway);
