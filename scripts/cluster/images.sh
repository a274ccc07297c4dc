# shellcheck shell=bash
# Makes the two container images of the test cluster from Debian's busybox and a dozen lines of C, without a registry.

have_images() { [[ -f $IMAGES/pause.tar && -f $IMAGES/busybox.tar ]]; }

build_images() {
  have_images && return 0
  local work=$IMAGES.work
  rm -rf "$work" "$IMAGES"
  mkdir -p "$work/pause" "$work/busybox" "$work/out"
  gcc -Os -static -s -o "$work/pause/pause" "$HERE/cluster/pause.c"
  pack "$PAUSE_IMAGE" "$work/pause" '["/pause"]' "$work/out/pause.tar"
  lay_out_busybox "$work/busybox"
  pack "$BUSYBOX_IMAGE" "$work/busybox" '["/bin/sh"]' "$work/out/busybox.tar"
  mv "$work/out" "$IMAGES"
  rm -rf "$work"
}

lay_out_busybox() {
  local root=$1 applet
  mkdir -p "$root"/{bin,dev,etc,home,proc,root,run,sys,tmp,var/log,www}
  cp "$(command -v busybox)" "$root/bin/busybox"
  for applet in $("$root/bin/busybox" --list); do
    # busybox lists itself; a link in its place would leave a link to itself and no program.
    [[ $applet == busybox ]] || ln -s busybox "$root/bin/$applet"
  done
  ln -s bin "$root/sbin"
  printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/sh\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
  echo ok >"$root/www/index.html"
  chmod -R u=rwX,go=rX "$root"
  chmod 1777 "$root/tmp"
}

# Packs a folder as an image in Docker's archive format (a manifest, a config and one layer):
# https://github.com/moby/docker-image-spec/blob/main/spec.md#combined-image-json--filesystem-changeset-format
pack() {
  local image=$1 root=$2 command=$3 archive=$4
  local work layer config
  work=$(mktemp -d "$IMAGES.work/pack.XXXXXX")
  tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$root" -cf "$work/layer.tar" .
  layer=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
  cat >"$work/config.json" <<JSON
{"architecture": "$(dpkg --print-architecture)", "os": "linux",
 "config": {"Cmd": $command, "Env": ["PATH=/bin"], "WorkingDir": "/"},
 "rootfs": {"type": "layers", "diff_ids": ["sha256:$layer"]},
 "history": [{"created_by": "scripts/test-cluster"}]}
JSON
  config=$(sha256sum "$work/config.json" | cut -d' ' -f1)
  mv "$work/config.json" "$work/$config.json"
  printf '[{"Config": "%s.json", "RepoTags": ["%s"], "Layers": ["layer.tar"]}]\n' "$config" "$image" >"$work/manifest.json"
  tar -C "$work" -cf "$archive" manifest.json "$config.json" layer.tar
}

import_images() {
  local image
  for image in pause busybox; do
    ctr --address "$CONTAINERD_SOCKET" --namespace k8s.io images import "$IMAGES/$image.tar" >/dev/null
  done
}
