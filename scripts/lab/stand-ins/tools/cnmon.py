#!/usr/bin/python3 -IS
# Stand-in for cnmon 5.10 (Cambricon MLU370-X8): the table with its processes, and `cnmon info`, in the real layouts.
# It serves the lab only and is no part of the product.
import sys

sys.path.insert(0, "/usr/lib/rackside-lab")
sys.path.insert(0, __file__.rpartition("/")[0] or ".")
import signal
import time

import load

TOOL = "cnmon"
WIDE = "+" + "-" * 78 + "+"
LINE = "+" + "-" * 31 + "+" + "-" * 22 + "+" + "-" * 23 + "+"
DOUBLE = "|" + LINE[1:-1].replace("-", "=") + "|"


def table(hardware, readings):
    version = "v" + hardware["driver"]
    lines = [
        time.strftime("%a %b %e %H:%M:%S %Y"),
        WIDE,
        "| %-38s%38s |" % ("CNMON " + version, "Driver " + version),
        LINE,
        "| Card  VF  Name       Firmware |               Bus-Id | Util        Ecc-Error |",
        "| Fan   Temp      Pwr:Usage/Cap |         Memory-Usage | Mode     Compute-Mode |",
        DOUBLE,
    ]
    for mlu in readings:
        power = "%3d W/ %3d W" % (round(mlu["power"]), mlu["powerBusy"])
        memory = "%5d MiB/ %5d MiB" % (mlu["memoryUsedMib"], mlu["memoryTotalMib"])
        lines += [
            "| %-6d/   %-10s%9s | %20s | %-11s%10d |"
            % (mlu["index"], mlu["name"], "v" + hardware["firmware"], mlu["bus"], "%d%%" % mlu["utilization"], 0),
            "| %3s   %-9s%14s | %20s | %-9s%12s |"
            % ("0%", "%dC" % round(mlu["temperature"]), power, memory, "FULL", "Default"),
            LINE,
        ]
    return lines + process_table(readings)


def process_table(readings):
    lines = [
        "",
        WIDE,
        "| Processes:" + " " * 67 + "|",
        "|  Card  MI  PID     Command Line                             MLU Memory Usage |",
        "|" + "=" * 78 + "|",
    ]
    rows = [
        "|  %-6d/   %-8d%-40s%17s |" % (mlu["index"], process["pid"], process["name"], "%d MiB" % process["mib"])
        for mlu in readings
        for process in mlu["processes"]
    ]
    nothing = "|  %-76s|" % "No running processes found"
    return lines + (rows or [nothing]) + [WIDE]


def information(hardware, readings):
    lines = [("CNMON v%s" % hardware["driver"]).center(45, "=")]
    row = "    %-31s: %s"
    for mlu in readings:
        lines += [
            "Card %d" % mlu["index"],
            row % ("Product Name", mlu["name"]),
            row % ("UUID", mlu["uuid"]),
            row % ("Serial Number", mlu["serial"]),
            row % ("Driver", "v" + hardware["driver"]),
            row % ("Firmware", "v" + hardware["firmware"]),
            row % ("Health State", ""),
            "        %-27s: %s" % ("Device", "Good"),
            "        %-27s: %s" % ("Driver", "Running"),
        ]
    return lines


def apply_fault(fault, hardware):
    load.apply_common_fault(fault, TOOL)
    if fault == "mismatch":
        # No recording of this one is known: the words are ours, the failure is not.
        print("Failed to initialize CNDEV: driver and library versions do not match", file=sys.stderr)
        sys.exit(1)
    if fault == "lost":
        hardware["devices"].pop(1)
        print("Failed to get the information of card 1")


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    words = sys.argv[1:]
    hardware = load.read_hardware(TOOL)
    apply_fault(load.read_fault(TOOL), hardware)
    if words == ["info"]:
        print("\n".join(information(hardware, load.measure(hardware))))
    elif not words:
        print("\n".join(table(hardware, load.measure(hardware))))
    else:
        print("cnmon: the stand-in does not know: " + " ".join(words), file=sys.stderr)
        sys.exit(1)


main()
