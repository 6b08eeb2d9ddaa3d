// What the base image is made of. Its hash names the cached image: change a line here and the next
// `up` builds another one.
import { createHash } from 'node:crypto'

export const baseRecipe = {
  /** Raise it when the finishing in finish-tree.ts changes what is in the image. */
  finish: 3,
  suite: 'forky',
  /** Debian 12's debootstrap has no script named forky: sid's does the same. */
  script: '/usr/share/debootstrap/scripts/sid',
  packages: [
    // a server as Debian's installer leaves it, with sshd
    ...['systemd', 'systemd-sysv', 'dbus', 'udev', 'openssh-server', 'sudo', 'iproute2', 'procps'],
    ...['pciutils', 'kmod', 'ca-certificates', 'curl', 'openssl', 'netcat-openbsd', 'zstd', 'less'],
    ...['python3-minimal', 'util-linux', 'coreutils', 'iputils-ping'],
    // a container engine
    ...['docker.io', 'docker-cli', 'iptables', 'nftables'],
    // what the lab's container images are cut from
    // (redis-tools brings the server's program, and no service of it)
    ...['llama.cpp', 'nodejs', 'busybox-static', 'haproxy', 'nginx', 'redis-tools'],
    'prometheus-node-exporter',
  ],
  /** Taken from an appliance to make a bare server of it, and kept as files to put them there again. */
  enginePackages: ['docker.io', 'docker-cli', 'containerd', 'runc', 'tini-static'],
  loginUser: 'ops',
} as const

export function recipeHash(recipe: unknown = baseRecipe): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12)
}
