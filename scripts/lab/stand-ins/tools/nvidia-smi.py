#!/usr/bin/python3 -IS
# Stand-in for nvidia-smi of driver 550 (H20): CSV queries, -L, -q -x and the plain table, in the real
# layouts. It serves the lab only and is no part of the product.
import sys

sys.path.insert(0, "/usr/lib/rackside-lab")
sys.path.insert(0, __file__.rpartition("/")[0] or ".")
import signal
import time

import load
import nvidiapages

NOT_AVAILABLE = "[N/A]"


def query_fields(hardware):
    """Field -> (unit or nothing, value of one device), as `nvidia-smi --help-query-gpu` names them."""
    whole = lambda key: lambda gpu: "%d" % round(gpu[key])
    watts = lambda value: "%.2f" % value
    fields = {
        "timestamp": ("", lambda gpu: time.strftime("%Y/%m/%d %H:%M:%S") + ".%03d" % (time.time() % 1 * 1000)),
        "index": ("", lambda gpu: str(gpu["index"])),
        "count": ("", lambda gpu: str(len(hardware["devices"]))),
        "name": ("", lambda gpu: gpu["name"]),
        "uuid": ("", lambda gpu: gpu["uuid"]),
        "serial": ("", lambda gpu: gpu["serial"]),
        "pci.bus_id": ("", lambda gpu: gpu["bus"]),
        "pci.device_id": ("", lambda gpu: "0x232910DE"),
        "driver_version": ("", lambda gpu: hardware["driver"]),
        "compute_cap": ("", lambda gpu: "9.0"),
        "compute_mode": ("", lambda gpu: "Default"),
        "persistence_mode": ("", lambda gpu: "Disabled"),
        "pstate": ("", lambda gpu: "P0"),
        "mig.mode.current": ("", lambda gpu: "Disabled"),
        "memory.total": ("MiB", whole("memoryTotalMib")),
        "memory.used": ("MiB", whole("memoryUsedMib")),
        "memory.free": ("MiB", lambda gpu: "%d" % (gpu["memoryTotalMib"] - gpu["memoryUsedMib"])),
        "memory.reserved": ("MiB", lambda gpu: "0"),
        "utilization.gpu": ("%", whole("utilization")),
        "utilization.memory": ("%", lambda gpu: "%d" % (gpu["utilization"] // 2)),
        "temperature.gpu": ("", whole("temperature")),
        "temperature.memory": ("", whole("temperature")),
        "power.draw": ("W", lambda gpu: watts(gpu["power"])),
        "power.draw.average": ("W", lambda gpu: watts(gpu["power"])),
        "power.draw.instant": ("W", lambda gpu: watts(gpu["power"])),
        "power.limit": ("W", lambda gpu: watts(gpu["powerBusy"])),
        "enforced.power.limit": ("W", lambda gpu: watts(gpu["powerBusy"])),
        "power.max_limit": ("W", lambda gpu: watts(gpu["powerBusy"])),
        "clocks.current.sm": ("MHz", lambda gpu: "1980" if gpu["utilization"] else "345"),
        "clocks.sm": ("MHz", lambda gpu: "1980" if gpu["utilization"] else "345"),
        "clocks.mem": ("MHz", lambda gpu: "2619"),
        "fan.speed": ("%", lambda gpu: NOT_AVAILABLE),
        "display_active": ("", lambda gpu: "Disabled"),
    }
    aliases = {"gpu_name": "name", "gpu_uuid": "uuid", "gpu_bus_id": "pci.bus_id", "gpu_serial": "serial"}
    fields.update({alias: fields[name] for alias, name in aliases.items()})
    for reason in ("active", "gpu_idle", "sw_power_cap", "hw_slowdown", "hw_thermal_slowdown", "sw_thermal_slowdown"):
        value = nvidiapages.event_reason(reason)
        fields["clocks_event_reasons." + reason] = ("", value)
        fields["clocks_throttle_reasons." + reason] = ("", value)
    return fields


def find_field(fields, name):
    if name.startswith(("ecc.", "remapped_rows.", "retired_pages.")):
        return ("", lambda gpu: NOT_AVAILABLE)
    return fields.get(name)


def query_gpu(names, formats, hardware):
    fields = query_fields(hardware)
    chosen = []
    for name in names:
        field = find_field(fields, name)
        if field is None:
            print('Field "%s" is not a valid field to query.\n' % name)
            sys.exit(2)
        chosen.append((name, *field))
    with_units = "nounits" not in formats
    lines = []
    if "noheader" not in formats:
        lines.append(", ".join(n + (" [%s]" % unit if unit and with_units else "") for n, unit, _ in chosen))
    for gpu in load.measure(hardware):
        values = []
        for _, unit, value in chosen:
            text = value(gpu)
            values.append(text + " " + unit if unit and with_units and text != NOT_AVAILABLE else text)
        lines.append(", ".join(values))
    return lines


def query_processes(names, formats, hardware):
    lines = [] if "noheader" in formats else [", ".join(names)]
    unit = "" if "nounits" in formats else " MiB"
    for gpu in load.measure(hardware):
        for process in gpu["processes"]:
            values = {
                "pid": str(process["pid"]),
                "process_name": process["name"],
                "name": process["name"],
                "used_memory": "%d%s" % (process["mib"], unit),
                "used_gpu_memory": "%d%s" % (process["mib"], unit),
                "gpu_uuid": gpu["uuid"],
                "gpu_bus_id": gpu["bus"],
                "gpu_name": gpu["name"],
            }
            lines.append(", ".join(values.get(name, NOT_AVAILABLE) for name in names))
    return lines


def read_words(words):
    options = {}
    index = 0
    while index < len(words):
        name, equals, value = words[index].partition("=")
        name = {"--loop": "-l", "--loop-ms": "-lms", "--id": "-i", "--query": "-q", "--xml-format": "-x", "--list-gpus": "-L"}.get(name, name)
        takes_value = name in ("-l", "-lms", "-i", "-d") or name.startswith("--query-") or name == "--format"
        if takes_value and not equals and index + 1 < len(words):
            index += 1
            value = words[index]
        options[name] = value
        index += 1
    return options


def apply_fault(fault, hardware):
    load.apply_common_fault(fault, "nvidia-smi")
    if fault == "mismatch":
        print("Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 550.163")
        sys.exit(18)
    if fault == "lost":
        lost = hardware["devices"].pop(1)
        print("Unable to determine the device handle for GPU1: %s: Unknown Error" % lost["bus"][4:])


def choose_devices(option, hardware):
    wanted = option.split(",")
    ids = lambda gpu: (str(gpu["index"]), gpu["uuid"], gpu["bus"])
    hardware["devices"] = [gpu for gpu in hardware["devices"] if any(word in ids(gpu) for word in wanted)]
    if not hardware["devices"]:
        print("No devices were found")
        sys.exit(6)


def page(options, hardware):
    formats = options.get("--format", "").split(",")
    for option, value in options.items():
        if option.startswith("--query-"):
            names = [name.strip() for name in value.split(",")]
            query = {"--query-gpu": query_gpu, "--query-compute-apps": query_processes}.get(option)
            if query is None or "csv" not in formats:
                print('"--format=" switch is missing. Please run \'nvidia-smi -h\' for help.')
                sys.exit(1)
            return query(names, formats, hardware)
    if "-L" in options:
        return ["GPU %d: %s (UUID: %s)" % (gpu["index"], gpu["name"], gpu["uuid"]) for gpu in hardware["devices"]]
    if "-q" in options:
        return nvidiapages.xml(hardware, load.measure(hardware))
    return nvidiapages.table(hardware, load.measure(hardware))


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    options = read_words(sys.argv[1:])
    period = float(options["-l"]) if "-l" in options else float(options.get("-lms", 0)) / 1000
    while True:
        started = time.monotonic()
        hardware = load.read_hardware("nvidia-smi")
        apply_fault(load.read_fault("nvidia-smi"), hardware)
        if "-i" in options:
            choose_devices(options["-i"], hardware)
        lines = page(options, hardware)
        if period and "--format" in options:
            options["--format"] = "noheader," + options["--format"]
        print("\n".join(lines), flush=True)
        if not period:
            return
        time.sleep(max(0.0, started + period - time.monotonic()))


main()
