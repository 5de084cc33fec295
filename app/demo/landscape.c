/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each pixel is asked for its colour on its own: u goes from left to right and v from the top (0)
 * to the bottom (1), both in heights of the picture. Ridges depend on u alone, so they are worked
 * out once for each column. Everything random is a hash of the seed and of what is asked. */

#include "app/demo/landscape.h"

#include <math.h>

#include "app/demo/png.h"

#define N_RIDGES 5

typedef struct
{
  float r, g, b;
} Colour;

/* Light and colours of a time of day. */
typedef struct
{
  const char *title;
  guint32 zenith, horizon, sun;
  guint32 last_ridge, first_ridge;
  float sun_height; /* above the horizon; in heights of the picture */
  gboolean is_night;
  gboolean is_dry; /* no snow, no lake, no trees */
} Mood;

static const Mood moods[] = {
  { "Dawn", 0x3d5a80, 0xf7c59f, 0xfff1d0, 0xa9a0b8, 0x2b2d42, 0.03f, FALSE, FALSE },
  { "A clear morning", 0x4a90d9, 0xd6ecfa, 0xffffff, 0x9cc0d9, 0x2f5d3a, 0.30f, FALSE, FALSE },
  { "Noon in summer", 0x2f7fd0, 0xbfe3f5, 0xffffff, 0x8fb3a8, 0x3f7d2c, 0.38f, FALSE, FALSE },
  { "Late light", 0x5b7db1, 0xffd9a0, 0xfff3c4, 0xc9a27e, 0x4a3b2a, 0.14f, FALSE, FALSE },
  { "Sunset", 0x35284f, 0xff8c5a, 0xffe0a3, 0x8d4f6b, 0x1f1526, 0.04f, FALSE, FALSE },
  { "Dusk", 0x1d2951, 0xc58fb2, 0xf3d7e8, 0x5b5786, 0x15182b, 0.02f, FALSE, FALSE },
  { "A moonlit night", 0x070d1f, 0x243b63, 0xf2f5ff, 0x2c4166, 0x05080f, 0.38f, TRUE, FALSE },
  { "A starry night", 0x0b0722, 0x3a2a5e, 0xf7f0e0, 0x35305c, 0x08060f, 0.36f, TRUE, FALSE },
  { "Autumn", 0x7ba7c7, 0xf6e3c5, 0xfff7dd, 0xb79d86, 0x8a4a1c, 0.24f, FALSE, FALSE },
  { "Winter", 0x8fb4d6, 0xeef3f8, 0xffffff, 0xb9cbdc, 0x5d7690, 0.20f, FALSE, FALSE },
  { "The desert", 0x6aa4c8, 0xfde4b8, 0xfffbe6, 0xdba273, 0x9c4f2a, 0.34f, FALSE, TRUE },
  { "A misty morning", 0x9fb3bd, 0xe7e4dc, 0xfff8e8, 0xc3cbc9, 0x3c4f4d, 0.16f, FALSE, FALSE },
};

struct _PlLandscape
{
  guint32 seed;
  const Mood *mood;
  float horizon;    /* where the farthest ridge has its foot */
  float water_line; /* beyond 1: there is no lake */
  float sun_u, sun_v, sun_radius;
  float cloudiness;
  gboolean has_pines;
  gboolean has_mountains;
};

/* What a column of pixels needs to know of a ridge. */
typedef struct
{
  float crest; /* its v */
  float slope; /* how far it climbs in one pixel of u, to soften steep edges as well as flat ones */
} Crest;

/* One picture while it is painted. */
typedef struct
{
  const PlLandscape *scene;
  guint width, height;
  Crest *crests; /* N_RIDGES for each column, the farthest first */
} Canvas;

static Colour
colour_from_rgb (guint32 rgb)
{
  return (Colour){ (rgb >> 16 & 255) / 255.f, (rgb >> 8 & 255) / 255.f, (rgb & 255) / 255.f };
}

static Colour
mix (Colour a, Colour b, float share_of_b)
{
  float t = CLAMP (share_of_b, 0.f, 1.f);
  return (Colour){ a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t };
}

/* A whole number to another that looks unrelated (a multiply-xorshift hash). */
static guint32
scramble (guint32 number)
{
  number = (number ^ (number >> 16)) * 0x7feb352du;
  number = (number ^ (number >> 15)) * 0x846ca68bu;
  return number ^ (number >> 16);
}

/* From 0 to 1, by the seed and whatever the two say. */
static float
chance (guint32 seed, gint32 what, gint32 which)
{
  return (scramble (seed ^ scramble (what * 0x9e3779b9u ^ scramble (which))) >> 8) / 16777216.f;
}

static float
ease (float t)
{
  return t * t * (3.f - 2.f * t);
}

/* Random heights at whole numbers, eased between. */
static float
wave (guint32 seed, gint32 what, float u)
{
  float whole = floorf (u);
  float left = chance (seed, what, whole);
  return left + (chance (seed, what, whole + 1) - left) * ease (u - whole);
}

/* The same on a plane. */
static float
cloth (guint32 seed, float u, float v)
{
  float row = floorf (v);
  float above = wave (seed, row + 1000, u);
  return above + (wave (seed, row + 1001, u) - above) * ease (v - row);
}

PlLandscape *
pl_landscape_new (guint32 seed)
{
  PlLandscape *scene = g_new0 (PlLandscape, 1);
  scene->seed = scramble (seed + 1);
  scene->mood = &moods[seed % G_N_ELEMENTS (moods)];
  scene->horizon = 0.46f + 0.12f * chance (scene->seed, 1, 0);
  scene->water_line = 2.f;
  if (!scene->mood->is_dry && chance (scene->seed, 2, 0) < 0.4f)
    scene->water_line = 0.74f + 0.1f * chance (scene->seed, 2, 1);
  scene->sun_u = 0.2f + 0.93f * chance (scene->seed, 3, 0);
  scene->sun_v = scene->horizon - scene->mood->sun_height - 0.05f * chance (scene->seed, 3, 1);
  scene->sun_radius = 0.028f + 0.022f * chance (scene->seed, 3, 2);
  scene->cloudiness = scene->mood->is_night ? 0.1f : chance (scene->seed, 4, 0);
  scene->has_pines = !scene->mood->is_dry && chance (scene->seed, 5, 0) < 0.5f;
  scene->has_mountains = chance (scene->seed, 6, 0) < 0.65f;
  return scene;
}

void
pl_landscape_free (PlLandscape *scene)
{
  g_free (scene);
}

char *
pl_landscape_dup_title (const PlLandscape *scene)
{
  return g_strconcat (scene->mood->title, scene->has_mountains ? ", mountains" : ", hills",
                      scene->water_line < 1 ? " by a lake" : "",
                      scene->has_pines ? ", pine trees" : "", NULL);
}

/* How high the crowns of a row of pines stand over their ridge. */
static float
pines_at (guint32 seed, gint32 ridge, float u)
{
  float place = u * 38.f;
  float height = 0.f;
  for (gint32 tree = floorf (place) - 1; tree <= place + 1; tree++)
    {
      float size = chance (seed, 40 + ridge, tree);
      float from_trunk
          = fabsf (place - tree - 0.5f * chance (seed, 60 + ridge, tree)) / (0.35f + 0.4f * size);
      height = fmaxf (height, (1.f - from_trunk) * (0.02f + 0.05f * size));
    }
  return height;
}

/* The v of a ridge's crest. Far ridges are peaks, near ones are long swells. */
static float
crest_at (const PlLandscape *scene, guint ridge, float u)
{
  float nearness = ridge / (float) (N_RIDGES - 1);
  float foot = scene->horizon + (1.f - scene->horizon) * 0.85f * powf (nearness, 1.3f);
  float frequency = 2.6f - 1.4f * nearness;
  gboolean is_peaks = scene->has_mountains && ridge < 2;
  float rise = 0.f;
  float share = is_peaks ? 0.26f : 0.15f - 0.03f * nearness;
  for (gint32 octave = 0; octave < (is_peaks ? 6 : 3); octave++)
    {
      float height = wave (scene->seed, 10 * ridge + octave + 100, u * frequency);
      rise += share * (is_peaks ? 1.f - fabsf (2.f * height - 1.f) : height);
      share *= 0.45f;
      frequency *= 2.1f;
    }
  if (scene->has_pines && ridge >= 3)
    rise
        += pines_at (scene->seed, ridge, u * (ridge == 3 ? 1.6f : 1.f)) * (ridge == 3 ? 0.6f : 1.f);
  return foot - rise;
}

static Crest *
crests_new (const PlLandscape *scene, guint width, guint height)
{
  Crest *crests = g_new (Crest, N_RIDGES * width);
  float pixel = 1.f / height;
  for (guint x = 0; x < width; x++)
    for (guint ridge = 0; ridge < N_RIDGES; ridge++)
      {
        float crest = crest_at (scene, ridge, x * pixel);
        float slope = (crest_at (scene, ridge, (x + 1) * pixel) - crest) * height;
        crests[x * N_RIDGES + ridge] = (Crest){ crest, slope };
      }
  return crests;
}

/* At most one star in each small square of the sky. */
static float
stars_at (const PlLandscape *scene, float u, float v)
{
  const float squares = 45.f;
  gint32 column = floorf (u * squares);
  gint32 row = floorf (v * squares);
  guint32 seed = scene->seed + row;
  if (chance (seed, 70, column) > 0.35f)
    return 0.f;
  float du = u * squares - column - 0.2f - 0.6f * chance (seed, 71, column);
  float dv = v * squares - row - 0.2f - 0.6f * chance (seed, 72, column);
  float size = 0.05f + 0.07f * chance (seed, 73, column);
  return expf (-(du * du + dv * dv) / (size * size)) * (1.f - v / scene->horizon);
}

static Colour
sky_at (const PlLandscape *scene, float u, float v, float pixel)
{
  const Mood *mood = scene->mood;
  Colour sun = colour_from_rgb (mood->sun);
  Colour sky = mix (colour_from_rgb (mood->zenith), colour_from_rgb (mood->horizon),
                    powf (fmaxf (v, 0.f) / scene->horizon, 1.2f));
  if (mood->is_night)
    sky = mix (sky, sun, stars_at (scene, u, v));

  float from_sun = hypotf (u - scene->sun_u, v - scene->sun_v);
  sky = mix (sky, sun, (mood->is_night ? 0.3f : 0.55f) * expf (-from_sun * 5.f));
  sky = mix (sky, sun, (scene->sun_radius - from_sun) / pixel + 0.5f);

  if (scene->cloudiness > 0.25f)
    {
      float thickness = 0.6f * cloth (scene->seed, u * 2.2f, v * 9.f)
                        + 0.28f * cloth (scene->seed + 1, u * 5.f, v * 21.f)
                        + 0.12f * cloth (scene->seed + 2, u * 11.f, v * 43.f);
      float cover = (thickness - 0.8f + 0.45f * scene->cloudiness) * 2.2f;
      sky = mix (sky, mix (sun, colour_from_rgb (mood->horizon), 0.35f), fminf (cover, 0.75f));
    }
  return sky;
}

/* Land under a crest: paler the farther it is, and paler towards its foot, where the air is thick.
 */
static Colour
land_at (const PlLandscape *scene, guint ridge, float u, float under_crest)
{
  float nearness = ridge / (float) (N_RIDGES - 1);
  Colour horizon = colour_from_rgb (scene->mood->horizon);
  Colour land = mix (colour_from_rgb (scene->mood->last_ridge),
                     colour_from_rgb (scene->mood->first_ridge), nearness);
  if (ridge == 0 && scene->has_mountains && !scene->mood->is_night && !scene->mood->is_dry)
    {
      float snow = 0.05f + 0.06f * wave (scene->seed, 80, u * 40.f) - under_crest;
      land = mix (land, colour_from_rgb (0xffffff), fminf (snow * 25.f, 0.75f));
    }
  float haze = (1.f - nearness) * fminf (under_crest * 2.8f, 0.75f);
  return mix (land, horizon, haze);
}

/* What stands over the water, or would if there were none. */
static Colour
view_at (const Canvas *canvas, guint x, float v)
{
  const Crest *crests = canvas->crests + x * N_RIDGES;
  float pixel = 1.f / canvas->height;
  float u = x * pixel;
  float cover[N_RIDGES];
  int ridge = N_RIDGES;

  /* The nearest ridge that hides all behind it is where painting begins. */
  while (ridge-- > 0)
    {
      float softness = sqrtf (1.f + crests[ridge].slope * crests[ridge].slope) * pixel;
      cover[ridge] = (v - crests[ridge].crest) / softness + 0.5f;
      if (cover[ridge] >= 1.f)
        break;
    }
  Colour colour;
  if (ridge >= 0)
    colour = land_at (canvas->scene, ridge, u, v - crests[ridge].crest);
  else
    colour = sky_at (canvas->scene, u, v, pixel);
  for (ridge++; ridge < N_RIDGES; ridge++)
    if (cover[ridge] > 0.f)
      colour = mix (colour, land_at (canvas->scene, ridge, u, 0.f), cover[ridge]);
  return colour;
}

static Colour
colour_at (const Canvas *canvas, guint x, float v)
{
  float depth = v - canvas->scene->water_line;
  if (depth < 0.f)
    return view_at (canvas, x, v);
  /* A lake is the view turned over, squeezed, rippled and a little darker. */
  float ripple = 0.012f * depth
                 * sinf (160.f * sqrtf (depth + 0.02f) + 9.f * sinf (x * 4.f / canvas->height));
  Colour reflected = view_at (canvas, x, canvas->scene->water_line - depth * 1.7f + ripple * 3.f);
  Colour water = mix (reflected, colour_from_rgb (canvas->scene->mood->zenith), 0.25f);
  return mix (water, colour_from_rgb (canvas->scene->mood->horizon), 0.5f * expf (-depth * 220.f));
}

GBytes *
pl_landscape_dup_picture (const PlLandscape *scene, guint width, guint height)
{
  g_autofree Crest *crests = crests_new (scene, width, height);
  g_autofree guint8 *row = g_malloc_n (width, 3);
  g_autoptr (PlPng) png = pl_png_new (width, height);
  Canvas canvas = { scene, width, height, crests };
  for (guint y = 0; y < height; y++)
    {
      guint8 *rgb = row;
      for (guint x = 0; x < width; x++)
        {
          Colour colour = colour_at (&canvas, x, (y + 0.5f) / height);
          *rgb++ = colour.r * 255.f + 0.5f;
          *rgb++ = colour.g * 255.f + 0.5f;
          *rgb++ = colour.b * 255.f + 0.5f;
        }
      pl_png_add_row (png, row);
    }
  return pl_png_dup_file (png);
}
