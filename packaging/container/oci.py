# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes an image of one layer as an archive that both Docker and podman load. The same input gives the
same bytes, whoever runs it, whenever.

Inside is what the OCI's image layout asks for (https://github.com/opencontainers/image-spec), and beside it
the manifest.json of `docker save`, for every Docker before 25 reads that alone. The manifest is of Docker's
kind because the OCI's has no health check."""

import gzip
import hashlib
import io
import json
import tarfile

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"


def digest_of(data):
    return hashlib.sha256(data).hexdigest()


def as_json(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def folders_above(names):
    """All folders that lead to the names, outermost first."""
    above = set()
    for name in names:
        parts = name.split("/")[:-1]
        above |= {"/".join(parts[:count]) for count in range(1, len(parts) + 1)}
    return sorted(above)


def entry(name, epoch, kind=tarfile.REGTYPE, mode=0o644, owner=0):
    info = tarfile.TarInfo(name)
    info.type, info.mode, info.mtime, info.uid, info.gid = kind, mode, epoch, owner, owner
    return info


def tar_of(files, epoch, links=None, owners=None):
    """files: contents and mode by name; links: targets by name; owners: of folders, by name: all else belongs
    to root."""
    links, owners = links or {}, owners or {}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name in folders_above([*files, *links]):
            archive.addfile(entry(name, epoch, tarfile.DIRTYPE, 0o755, owners.get(name, 0)))
        for name, (data, mode) in sorted(files.items()):
            info = entry(name, epoch, mode=mode)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in sorted(links.items()):
            info = entry(name, epoch, tarfile.SYMTYPE, 0o777)
            info.linkname = target
            archive.addfile(info)
    return packed.getvalue()


def descriptor(kind, data):
    return {"mediaType": kind, "digest": "sha256:" + digest_of(data), "size": len(data)}


def image_archive(layer, *, config, architecture, created, tags):
    """layer: from tar_of(); config: as Docker's images have it (Entrypoint, User, Healthcheck, …);
    created: in RFC 3339's form, and in seconds; tags: names the image is loaded as."""
    created_text, epoch = created
    packed = gzip.compress(layer, 9, mtime=0)
    image = as_json({
        "architecture": architecture,
        "os": "linux",
        "created": created_text,
        "config": config,
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest_of(layer)]},
        "history": [{"created": created_text, "comment": "packaging/container/package"}],
    })
    manifest = as_json({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": descriptor(CONFIG, image),
        "layers": [descriptor(LAYER, packed)],
    })
    platform = {"architecture": architecture, "os": "linux"}
    index = as_json({
        "schemaVersion": 2,
        "manifests": [{
            **descriptor(MANIFEST, manifest),
            "platform": platform,
            "annotations": {"org.opencontainers.image.ref.name": tags[0]},
        }],
    })
    blobs = {"blobs/sha256/" + digest_of(blob): blob for blob in (packed, image, manifest)}
    for_docker = as_json([{
        "Config": "blobs/sha256/" + digest_of(image),
        "RepoTags": tags,
        "Layers": ["blobs/sha256/" + digest_of(packed)],
    }])
    plain = {**blobs, "index.json": index, "manifest.json": for_docker,
             "oci-layout": as_json({"imageLayoutVersion": "1.0.0"})}
    return tar_of({name: (data, 0o644) for name, data in plain.items()}, epoch)
