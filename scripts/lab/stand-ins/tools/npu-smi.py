#!/usr/bin/python3 -IS
# Stand-in for npu-smi 25.2 (Ascend 910B4): info, -m, -l, the -t pages and watch, in the real layouts.
# It serves the lab only and is no part of the product.
import sys

sys.path.insert(0, "/usr/lib/rackside-lab")
sys.path.insert(0, __file__.rpartition("/")[0] or ".")
import os
import signal
import time

import load

LINE = "+" + "-" * 27 + "+" + "-" * 15 + "+" + "-" * 52 + "+"
DOUBLE = LINE.replace("-", "=")
WIDE = "+" + "-" * 96 + "+"


def table(hardware, readings):
    version = hardware["driver"]
    lines = [
        WIDE,
        "| %-95s|" % ("npu-smi %-24s Version: %s" % (version, version)),
        LINE,
        "| NPU   Name                | Health        | Power(W)    Temp(C)           Hugepages-Usage(page)|",
        "| Chip                      | Bus-Id        | AICore(%)   Memory-Usage(MB)  HBM-Usage(MB)        |",
        DOUBLE,
    ]
    for npu in readings:
        first = "%-12s%-18s%-21s" % ("%.1f" % npu["power"], round(npu["temperature"]), "0    / 0")
        hbm = "%-5d/ %d" % (npu["memoryUsedMib"], npu["memoryTotalMib"])
        second = "%-12d%-18s%-21s" % (npu["utilization"], "0    / 0", hbm)
        lines += [
            "| %-6d%-20s| %-14s| %s|" % (npu["index"], npu["name"], npu["health"], first),
            "| %-26d| %-14s| %s|" % (0, npu["bus"], second),
            DOUBLE,
        ]
    return lines + process_table(readings)


def process_table(readings):
    lines = [
        LINE,
        "| NPU     Chip              | Process id    | Process name             | Process memory(MB)      |",
        DOUBLE,
    ]
    for npu in readings:
        rows = [
            "| %-8d%-18d| %-14d| %-25s| %-24d|" % (npu["index"], 0, process["pid"], process["name"], process["mib"])
            for process in npu["processes"]
        ]
        nothing = "| %-95s|" % ("No running processes found in NPU %d" % npu["index"])
        lines += [*(rows or [nothing]), DOUBLE]
    return lines


def mapping(hardware):
    row = "\t%-30s %-30s %-30s %s"
    lines = [row % ("NPU ID", "Chip ID", "Chip Logic ID", "Chip Name")]
    for logic, npu in enumerate(hardware["devices"]):
        lines.append(row % (npu["index"], 0, logic, "Ascend " + npu["name"]))
        lines.append(row % (npu["index"], 1, "-", "Mcu"))
    return lines


def pairs(values):
    return ["\t%-30s : %s" % pair for pair in values]


def inventory(hardware):
    lines = pairs([("Total Count", len(hardware["devices"]))])
    for npu in hardware["devices"]:
        lines += ["", *pairs([("NPU ID", npu["index"]), ("Chip Count", 1)])]
    return lines


def board(hardware, npu):
    return pairs(
        [
            ("NPU ID", npu["index"]),
            ("Product Name", ""),
            ("Model", ""),
            ("Manufacturer", "Huawei"),
            ("Serial Number", npu["serial"]),
            ("Software Version", hardware["driver"]),
            ("Firmware Version", hardware["firmware"]),
            ("Compatibility", "OK"),
            ("Board ID", "0x33"),
            ("PCB ID", "A"),
            ("BOM ID", "1"),
            ("PCIe Bus Info", npu["bus"]),
            ("Slot ID", "0"),
            ("Class ID", "NA"),
            ("PCI Vendor ID", "0x19E5"),
            ("PCI Device ID", "0xD802"),
            ("Subsystem Vendor ID", "0x19E5"),
            ("Subsystem Device ID", "0x4000"),
            ("Chip Count", "1"),
        ]
    )


def health(npu):
    is_ok = npu["health"] == "OK"
    return pairs(
        [
            ("NPU ID", npu["index"]),
            ("Health", npu["health"]),
            ("Error Code", "NA" if is_ok else "0x80E01801"),
            ("Error Information", "NA" if is_ok else "The HBM has a multi-bit ECC error."),
        ]
    )


def head(npu):
    return pairs([("NPU ID", npu["index"]), ("Chip Count", 1)]) + [""]


def percent(npu):
    return round(100 * npu["memoryUsedMib"] / npu["memoryTotalMib"])


def common(npu):
    chip = [
        ("Chip ID", 0),
        ("Memory Usage Rate(%)", 0),
        ("HBM Usage Rate(%)", percent(npu)),
        ("Aicore Usage Rate(%)", npu["utilization"]),
        ("Aicore Freq(MHZ)", 1800),
        ("Aicore curFreq(MHZ)", 1800 if npu["utilization"] else 800),
        ("Aicore Count", 20),
        ("Temperature(C)", round(npu["temperature"])),
        ("NPU Real-time Power(W)", "%.1f" % npu["power"]),
    ]
    mcu = [("Chip Name", "mcu"), ("Temperature(C)", round(npu["temperature"]) - 6)]
    return head(npu) + pairs(chip) + [""] + pairs(mcu)


def usages(npu):
    return head(npu) + pairs(
        [
            ("Memory Capacity(MB)", 0),
            ("Memory Usage Rate(%)", 0),
            ("HBM Capacity(MB)", npu["memoryTotalMib"]),
            ("HBM Usage Rate(%)", percent(npu)),
            ("Aicore Usage Rate(%)", npu["utilization"]),
            ("Aicpu Usage Rate(%)", 0),
            ("Ctrlcpu Usage Rate(%)", 2),
            ("HBM Bandwidth Usage Rate(%)", npu["utilization"] // 2),
            ("Chip ID", 0),
        ]
    )


def temperature(npu):
    return head(npu) + pairs([("NPU Temperature (C)", round(npu["temperature"])), ("Chip ID", 0)])


def power(npu):
    return head(npu) + pairs([("NPU Real-time Power(W)", "%.1f" % npu["power"]), ("Chip ID", 0)])


def watch(hardware, chosen, seconds):
    print("   NpuID(Idx)  ChipId(Idx) Pwr(W)      Temp(C)     AI Core(%)  AI Cpu(%)   Ctrl Cpu(%) Memory(%)   Memory BW(%)", flush=True)
    while True:
        for npu in load.measure(hardware):
            if chosen in (None, npu["index"]):
                cells = (npu["index"], 0, "%.1f" % npu["power"], round(npu["temperature"]), npu["utilization"], 0, 2, percent(npu), npu["utilization"] // 2)
                print("   " + "".join("%-12s" % cell for cell in cells))
        sys.stdout.flush()
        time.sleep(seconds)


def apply_fault(fault, hardware):
    load.apply_common_fault(fault)
    if fault == "mismatch" or (fault == "denied" and os.geteuid() != 0):
        print("DrvMngGetConsoleLogLevel failed. (g_conLogLevel=3)\ndcmi module initialize failed. ret is -8005")
        sys.exit(250)
    if fault == "lost":
        hardware["devices"].pop(1)
    if fault == "alarm":
        hardware["devices"][1]["health"] = "Alarm"


def option(words, name):
    return words[words.index(name) + 1] if name in words and words.index(name) + 1 < len(words) else None


def chosen_device(words, readings):
    number = option(words, "-i")
    found = [npu for npu in readings if str(npu["index"]) == number]
    if not found:
        print("Error parameter of -i." if number is not None else "The parameter -i is required.")
        sys.exit(1)
    return found[0]


def page(words, hardware):
    kind = option(words, "-t")
    readings = load.measure(hardware)
    if kind is None:
        return table(hardware, readings)
    npu = chosen_device(words, readings)
    pages = {"health": health, "common": common, "usages": usages, "temp": temperature, "power": power}
    if kind == "board":
        return board(hardware, npu)
    if kind == "product":
        return ["This device does not support querying product."]
    if kind not in pages:
        print("Error parameter of -t.")
        sys.exit(1)
    return pages[kind](npu)


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    words = sys.argv[1:]
    hardware = load.read_hardware()
    apply_fault(load.read_fault(), hardware)
    if words[:1] == ["-v"]:
        print("npu-smi version: " + hardware["driver"])
    elif words[:1] != ["info"]:
        print("Error command, run 'npu-smi -h' for help.")
        sys.exit(1)
    elif words[1:2] == ["watch"]:
        number = option(words, "-i")
        watch(hardware, None if number is None else int(number), float(option(words, "-d") or 1))
    elif words[1:2] == ["-m"]:
        print("\n".join(mapping(hardware)))
    elif words[1:2] == ["-l"]:
        print("\n".join(inventory(hardware)))
    else:
        print("\n".join(page(words, hardware)))


main()
