#!/usr/bin/python3 -IS
# A driver that never answers: a FUSE file system whose lookups are read and left. Who looks a name up in it is in
# uninterruptible sleep (D), and not even SIGKILL ends it, until this program ends. It serves the lab only.
import errno
import os
import signal
import struct
import sys

LOOKUP, FORGET, GETATTR, STATFS, INIT, INTERRUPT, DESTROY, BATCH_FORGET = 1, 2, 3, 17, 26, 36, 38, 42
ROOT = 1
FIRST_NAME = "settle"


def mount(folder):
    os.makedirs(folder, exist_ok=True)
    device = os.open("/dev/fuse", os.O_RDWR)
    options = "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other" % device
    # -i: the kernel's own mount, without the helper that would start a program of the file system's own.
    words = ["mount", "-i", "-t", "fuse", "-o", options, "rackside-lab-stuck", folder]
    os.set_inheritable(device, True)
    if os.spawnvp(os.P_WAIT, words[0], words) != 0:
        sys.exit(1)
    os.set_inheritable(device, False)
    return device


def reply(device, unique, error=0, body=b""):
    os.write(device, struct.pack("<IiQ", 16 + len(body), -error, unique) + body)


def root_attributes():
    """Who only looks at the mount point is answered: `df` and `ls` of what is above it go on."""
    times = (0, 0, 0)
    attributes = struct.pack("<6Q10I", ROOT, 0, 0, *times, 0, 0, 0, 0o40755, 2, 0, 0, 0, 4096, 0)
    return struct.pack("<QII", 1, 0, 0) + attributes


def answer(device, request):
    """Answers all but lookups; of those returns the number under which the kernel waits."""
    _, opcode, unique, node = struct.unpack_from("<IIQQ", request)
    if opcode == LOOKUP:
        return unique
    if opcode == INIT:
        major, minor = struct.unpack_from("<II", request, 40)
        reply(device, unique, 0, struct.pack("<IIIIHHIIHHI28x", major, min(minor, 31), 0, 0, 0, 0, 4096, 1, 0, 0, 0))
    elif opcode == GETATTR and node == ROOT:
        reply(device, unique, 0, root_attributes())
    elif opcode == STATFS:
        reply(device, unique, 0, bytes(80))
    elif opcode not in (FORGET, BATCH_FORGET):
        reply(device, unique, errno.ENOSYS)
    return None


def refuse_interrupts(device, folder):
    """The kernel lets a signal end the wait, and shows S, until a file system once said it knows no interrupts."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGUSR1, lambda *_: None)
        try:
            os.stat(os.path.join(folder, FIRST_NAME))
        except OSError:
            pass
        os._exit(0)
    waiting = None
    while True:
        request = os.read(device, 1 << 17)
        opcode = struct.unpack_from("<II", request)[1]
        unique = answer(device, request)
        if unique is not None:
            waiting = unique
            os.kill(child, signal.SIGUSR1)
        if opcode == INTERRUPT:
            reply(device, waiting, errno.ENOENT)
            os.waitpid(child, 0)
            return


def main():
    folder = sys.argv[1]
    device = mount(folder)
    refuse_interrupts(device, folder)
    # Who started this knows by the end of the first process that lookups hang from now on.
    if os.fork() > 0:
        os._exit(0)
    while True:
        answer(device, os.read(device, 1 << 17))


main()
