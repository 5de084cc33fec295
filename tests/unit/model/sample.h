/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records as the engine would make them, and what a list says of its changes. */

#pragma once

#include <gio/gio.h>

#include "app/model/device_list.h"

/** SAMPLE_STARTED_US: when all of them began. */
#define SAMPLE_STARTED_US (G_GINT64_CONSTANT (1763900000) * G_USEC_PER_SEC)

/** SAMPLE_ANDROID, SAMPLE_FIREFOX: what the app and a browser say they are. */
#define SAMPLE_ANDROID "Immich_Android_1.135.3"
#define SAMPLE_FIREFOX "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"

/** sample_record: (transfer full): a finished GET with a status of 200, from 192.168.1.23. */
PlRecord *
sample_record (guint64 id, const char *method, const char *target, const char *user_agent);

/** sample_running: (transfer full): a running one with so much moved. */
PlRecord *sample_running (guint64 id, const char *target, guint64 up_bytes, guint64 down_bytes);

/** sample_batch: (transfer full): of PlRecord: @n finished ones with ids from @first_id on. */
GPtrArray *sample_batch (guint64 first_id, guint n);

/** sample_batch_of_one: (transfer full): @record: (transfer full). */
GPtrArray *sample_batch_of_one (PlRecord *record);

/** sample_address: of a literal address. */
PlAddress sample_address (const char *text);

/** sample_see: @list notes a request from @address, with so many octets up and twice as many down.
 */
void sample_see (PlDeviceList *list, const char *address, const char *user_agent, guint64 up_bytes);

/** sample_tell_arrivals: (transfer full): who arrives in @list from now on: `curl other new;`. */
GString *sample_tell_arrivals (PlDeviceList *list);

/**
 * SampleWatch: a mirror of a list, which is kept by its signals alone and must be the same.
 * @changes: what was told, in short: `-0,3 +5,2 ~1,4`
 */
typedef struct
{
  GListModel *model;
  GPtrArray *mirror;
  GString *changes;
} SampleWatch;

/** sample_watch_new: (transfer full): "items-updated" is listened to, too, where there is one. */
SampleWatch *sample_watch_new (GListModel *model);
void sample_watch_free (SampleWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleWatch, sample_watch_free)

/** sample_watch_expect: @changes: since the last call; %NULL: whatever. The mirror must be true. */
void sample_watch_expect (SampleWatch *watch, const char *changes);
