#!/usr/bin/python3 -IS
# Stand-in for npu-smi 25.2 (Ascend 910B4 and 310P3): info, -m, -l, the -t pages and watch, in the real layouts.
# It serves the lab only and is no part of the product.
import sys

sys.path.insert(0, "/usr/lib/rackside-lab")
sys.path.insert(0, __file__.rpartition("/")[0] or ".")
import os
import signal
import time

import load
import npupages


def watch(hardware, chosen, seconds):
    print("   NpuID(Idx)  ChipId(Idx) Pwr(W)      Temp(C)     AI Core(%)  AI Cpu(%)   Ctrl Cpu(%) Memory(%)   Memory BW(%)", flush=True)
    while True:
        for npu in load.measure(hardware):
            if chosen in (None, npu["card"]):
                cells = (npu["card"], npu["chip"], npupages.watts(hardware, npu), round(npu["temperature"]), npu["utilization"], 0, 2, npupages.percent(npu), npu["utilization"] // 2)
                print("   " + "".join("%-12s" % cell for cell in cells))
        sys.stdout.flush()
        time.sleep(seconds)


def apply_fault(fault, hardware):
    load.apply_common_fault(fault, "npu-smi")
    if fault == "mismatch" or (fault == "denied" and os.geteuid() != 0):
        print("DrvMngGetConsoleLogLevel failed. (g_conLogLevel=3)\ndcmi module initialize failed. ret is -8005")
        sys.exit(250)
    if fault == "lost":
        hardware["devices"].pop(1)
    if fault == "alarm":
        hardware["devices"][1]["health"] = "Alarm"


def option(words, name):
    return words[words.index(name) + 1] if name in words and words.index(name) + 1 < len(words) else None


def chosen_chips(words, readings):
    number, chip = option(words, "-i"), option(words, "-c")
    found = [npu for npu in readings if str(npu["card"]) == number and chip in (None, str(npu["chip"]))]
    if not found:
        print("Error parameter of -i." if number is not None else "The parameter -i is required.")
        sys.exit(1)
    return found


def page(words, hardware):
    kind = option(words, "-t")
    readings = load.measure(hardware)
    if kind is None:
        return npupages.table(hardware, readings)
    chips = chosen_chips(words, readings)
    if kind == "board":
        return npupages.board(hardware, chips[0])
    if kind == "product":
        return ["This device does not support querying product."]
    if kind == "health":
        return npupages.health(hardware, chips[0])
    if kind not in npupages.OF_CHIPS:
        print("Error parameter of -t.")
        sys.exit(1)
    return npupages.of_chips(kind, hardware, chips)


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    words = sys.argv[1:]
    hardware = load.read_hardware("npu-smi")
    apply_fault(load.read_fault("npu-smi"), hardware)
    if words[:1] == ["-v"]:
        print("npu-smi version: " + hardware["driver"])
    elif words[:1] != ["info"]:
        print("Error command, run 'npu-smi -h' for help.")
        sys.exit(1)
    elif words[1:2] == ["watch"]:
        number = option(words, "-i")
        watch(hardware, None if number is None else int(number), float(option(words, "-d") or 1))
    elif words[1:2] == ["-m"]:
        print("\n".join(npupages.mapping(hardware)))
    elif words[1:2] == ["-l"]:
        print("\n".join(npupages.inventory(hardware)))
    else:
        print("\n".join(page(words, hardware)))


main()
