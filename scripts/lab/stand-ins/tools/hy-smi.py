#!/usr/bin/python3 -IS
# Stand-in for hy-smi of hyhal (Hygon BW1000): the table, and what is asked for as lines or with --json, in the real
# layouts, with the commas that the real JSON lacks. It serves the lab only and is no part of the product.
import sys

sys.path.insert(0, "/usr/lib/rackside-lab")
sys.path.insert(0, __file__.rpartition("/")[0] or ".")
import signal

import load

TOOL = "hy-smi"
WIDTH = 96


def percent(part, whole):
    return round(100 * part / whole)


def product(dcu):
    return [("Card Series", dcu["name"]), ("Card Vendor", "C-3000 IC Design Co., Ltd.")]


def power(dcu):
    watts = dcu["power"]
    return [
        ("Average Graphics Package Power (W)", "%.1f" % watts),
        ("Average GFX Core Power (W)", "%.1f" % (watts * 0.21)),
        ("Average Memory Power (W)", "%.1f" % (watts * 0.41)),
    ]


def temperature(dcu):
    edge = dcu["temperature"]
    sensors = {"edge": edge, "junction": edge + 3, "mem": edge - 3, "core": edge - 2}
    return [("Temperature (Sensor %s) (C)" % name, "%.1f" % value) for name, value in sensors.items()]


def use(dcu):
    return [("HCU use (%)", "%.1f" % dcu["utilization"])]


def memory(dcu):
    return [
        ("vram Total Memory (MiB)", str(dcu["memoryTotalMib"])),
        ("vram Total Used Memory (MiB)", str(dcu["memoryUsedMib"])),
    ]


QUESTIONS = {
    "--showproductname": product,
    "--showserial": lambda dcu: [("Serial Number", dcu["serial"])],
    "--showuniqueid": lambda dcu: [("Unique ID", dcu["uuid"])],
    "--showbus": lambda dcu: [("PCI Bus", "%s --> SN: %s" % (dcu["bus"], dcu["serial"]))],
    "--showpower": power,
    "--showtemp": temperature,
    "--showuse": use,
    "--showmeminfo": memory,
}


def framed(title):
    return (" %s " % title).center(WIDTH, "=")


def table(readings):
    row = "%-8s%-9s%-11s%-9s%-11s%-10s%-10s%-10s%-10s%s"
    lines = [framed("System Management Interface"), "=" * WIDTH]
    lines.append(row % ("HCU", "Temp", "AvgPwr", "Perf", "PwrCap", "VRAM%", "HCU%", "Dec%", "Enc%", "Mode"))
    for dcu in readings:
        cells = [dcu["index"], "%.1fC" % dcu["temperature"], "%.1fW" % dcu["power"], "manual", "%.1fW" % dcu["powerBusy"]]
        cells += ["%d%%" % percent(dcu["memoryUsedMib"], dcu["memoryTotalMib"]), "%.1f%%" % dcu["utilization"]]
        lines.append(row % (*cells, "0.0%", "0.0%", "Normal"))
    return [*lines, "=" * WIDTH, framed("End of SMI Log")]


def json_of(answers):
    """Between the three values of power the real tool writes no commas."""
    cards = []
    for dcu, values in answers:
        text = ""
        for place, (key, value) in enumerate(values):
            glued = place == 0 or (key.endswith("Power (W)") and values[place - 1][0].endswith("Power (W)"))
            text += ("" if glued else ", ") + '"%s": "%s"' % (key, value)
        cards.append('"card%d": {%s}' % (dcu["index"], text))
    return ["{%s}" % ", ".join(cards)]


def lines_of(answers):
    lines = [framed("System Management Interface")]
    for dcu, values in answers:
        lines += ["HCU[%d]\t\t: %s: %s" % (dcu["index"], key, value) for key, value in values]
    return [*lines, "=" * WIDTH]


def apply_fault(fault, hardware):
    load.apply_common_fault(fault, TOOL)
    if fault == "mismatch":
        print("ERROR:root:Driver not initialized (hycu not found in modules)")
        sys.exit(1)
    if fault == "lost":
        hardware["devices"].pop(1)


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    words = sys.argv[1:]
    hardware = load.read_hardware(TOOL)
    apply_fault(load.read_fault(TOOL), hardware)
    asked = [QUESTIONS[word] for word in QUESTIONS if word in words]
    unknown = [word for word in words if word not in (*QUESTIONS, "--json", "vram")]
    if unknown:
        print("usage: hy-smi [-h] [--json] [%s]\nhy-smi: error: unrecognized arguments: %s" % ("] [".join(QUESTIONS), " ".join(unknown)), file=sys.stderr)
        sys.exit(2)
    readings = load.measure(hardware)
    if not asked:
        print("\n".join(table(readings)))
        return
    answers = [(dcu, [pair for question in asked for pair in question(dcu)]) for dcu in readings]
    print("\n".join(json_of(answers) if "--json" in words else lines_of(answers)))


main()
