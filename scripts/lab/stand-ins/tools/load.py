# What the stand-in vendor tools share: the hardware this appliance pretends to have, and how busy it
# is. Load is real: it follows the processor time and memory of the llama-server processes, so a
# utilization curve in the console rises when somebody asks the model something.
import json
import os
import signal
import sys
import time

HARDWARE = os.environ.get("RACKSIDE_LAB_HARDWARE", "/var/lib/rackside-lab")
STATE = os.environ.get("RACKSIDE_LAB_STATE", "/run/rackside-lab")
RUNTIMES = os.environ.get("RACKSIDE_LAB_RUNTIMES", "llama-server").split(",")
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def read_hardware(tool):
    with open(os.path.join(HARDWARE, "hardware", tool + ".json")) as file:
        return json.load(file)


def read_fault(tool):
    """The fault that `fault NAME tools ...` left for this tool or for all of them, or an empty word."""
    for name in ("tool-fault." + tool, "tool-fault"):
        try:
            with open(os.path.join(HARDWARE, name)) as file:
                return file.read().strip()
        except OSError:
            pass
    return ""


def apply_common_fault(fault, tool):
    if fault == "stuck":
        try:
            # stuck.py never answers this. Where it does not run any more, the appliance was started again.
            os.stat(os.path.join(STATE, "stuck", tool))
        except OSError:
            pass
    if fault == "hang":
        # A real tool hangs in the kernel: a polite signal does not end it.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            time.sleep(3600)
    if fault == "garbage":
        sys.stdout.flush()
        os.write(1, b"\x00\x07\xff\xfe|||| N/A , , 0x, [[[\n\x1b[31m%s%d\r\n+----+\n| 0 | 99999999999999999999 %\n\xc3\x28 \n")
        sys.exit(0)


def read_runtimes():
    """pid -> (start ticks, processor ticks, resident bytes, name) of the runtimes' processes."""
    found = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % entry) as file:
                stat = file.read()
        except OSError:
            continue
        name = stat[stat.index("(") + 1 : stat.rindex(")")]
        if name not in RUNTIMES:
            continue
        fields = stat[stat.rindex(")") + 2 :].split()
        found[entry] = [int(fields[19]), int(fields[11]) + int(fields[12]), int(fields[21]) * PAGE, name]
    return found


def devices_of(pid, node_prefix, known):
    """Device numbers a container was given; only root may look, so others use what root saw last."""
    try:
        inside = os.stat("/proc/%s/root/dev" % pid)
        if (inside.st_dev, inside.st_ino) == (os.stat("/dev").st_dev, os.stat("/dev").st_ino):
            return [0]
        names = os.listdir("/proc/%s/root/dev" % pid)
    except OSError:
        return known or [0]
    numbers = [name[len(node_prefix) :] for name in names if name.startswith(node_prefix)]
    return sorted(int(number) for number in numbers if number.isdigit()) or [0]


def read_state(tool):
    try:
        with open(os.path.join(STATE, "load.%s.json" % tool)) as file:
            return json.load(file)
    except (OSError, ValueError):
        return None


def write_state(tool, state):
    draft = os.path.join(STATE, "load.%d" % os.getpid())
    try:
        os.makedirs(STATE, exist_ok=True)
        with open(draft, "w") as file:
            json.dump(state, file)
        os.chmod(draft, 0o666)
        os.replace(draft, os.path.join(STATE, "load.%s.json" % tool))
    except OSError:
        pass


def measure(hardware):
    """One record per device: utilization %, memory MiB, power W, temperature C, processes."""
    before = read_state(hardware["tool"])
    now = time.monotonic()
    if before is None or not 0 <= now - before["at"] <= 20:
        old = before
        before = {"at": now, "runtimes": read_runtimes(), "temperatures": {}, "busy": {}, "devices": {}}
        if old is not None and now >= old["at"]:
            before["devices"] = old["devices"]
        time.sleep(0.2)
        now = time.monotonic()
    runtimes = read_runtimes()
    fresh = now - before["at"] >= 0.15
    busy = processor_share(before, runtimes, now) if fresh else before["busy"]
    devices = {
        pid: devices_of(pid, hardware["nodePrefix"], before["devices"].get(pid)) for pid in runtimes
    }
    readings = [
        read_device(device, hardware, runtimes, busy, devices, before, now) for device in hardware["devices"]
    ]
    if fresh:
        temperatures = {str(reading["index"]): reading["temperature"] for reading in readings}
        write_state(
            hardware["tool"],
            {"at": now, "runtimes": runtimes, "temperatures": temperatures, "busy": busy, "devices": devices},
        )
    return readings


def processor_share(before, runtimes, now):
    """pid -> 0..100, the share of the whole machine's processors since the last look."""
    seconds = (now - before["at"]) * (os.cpu_count() or 1)
    shares = {}
    for pid, (started, ticks, _, _) in runtimes.items():
        earlier = before["runtimes"].get(pid)
        if earlier is None or earlier[0] != started:
            shares[pid] = 0
            continue
        shares[pid] = min(100.0, 100.0 * (ticks - earlier[1]) / TICKS / seconds)
    return shares


def read_device(device, hardware, runtimes, busy, devices, before, now):
    index = device["index"]
    mine = [pid for pid in runtimes if index in devices[pid]]
    utilization = min(100, round(sum(busy.get(pid, 0) for pid in mine)))
    processes = [
        {"pid": int(pid), "name": runtimes[pid][3], "mib": round(runtimes[pid][2] / len(devices[pid]) / 2**20)}
        for pid in mine
    ]
    idle = device["temperatureIdle"]
    target = idle + (device["temperatureBusy"] - idle) * utilization / 100
    last = before["temperatures"].get(str(index), idle)
    part = min(1.0, (now - before["at"]) / 15)
    used = device["memoryIdleMib"] + sum(process["mib"] for process in processes)
    watts = device["powerIdle"] + (device["powerBusy"] - device["powerIdle"]) * utilization / 100
    return {
        **device,
        "utilization": utilization,
        "memoryUsedMib": min(used, device["memoryTotalMib"]),
        "power": watts * (1 + ((int(now) * 7 + index * 13) % 11 - 5) / 500),
        "temperature": last + (target - last) * part,
        "processes": processes,
    }
