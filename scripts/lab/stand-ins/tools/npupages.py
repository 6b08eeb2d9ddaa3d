# The pages of the npu-smi stand-in. A card has one chip with HBM (910B) or two without (Atlas 300I Duo, 310P3): the
# table then has no column of HBM, both chips show one address, and neither says its power.

LINE = "+" + "-" * 27 + "+" + "-" * 15 + "+" + "-" * 52 + "+"
DOUBLE = LINE.replace("-", "=")
WIDE = "+" + "-" * 96 + "+"


def chips_per_card(hardware):
    return 1 + max(npu["chip"] for npu in hardware["devices"])


def watts(hardware, npu):
    return "%.1f" % npu["power"] if hardware["hasHbm"] else "NA"


def percent(npu):
    return round(100 * npu["memoryUsedMib"] / npu["memoryTotalMib"])


def table(hardware, readings):
    version = hardware["driver"]
    columns = (
        "| Chip                      | Bus-Id        | AICore(%)   Memory-Usage(MB)  HBM-Usage(MB)        |"
        if hardware["hasHbm"]
        else "| Chip  Device              | Bus-Id        | AICore(%)   Memory-Usage(MB)                       |"
    )
    lines = [
        WIDE,
        "| %-95s|" % ("npu-smi %-24s Version: %s" % (version, version)),
        LINE,
        "| NPU   Name                | Health        | Power(W)    Temp(C)           Hugepages-Usage(page)|",
        columns,
        DOUBLE,
    ]
    for npu in readings:
        pages = "0    / 0"
        first = "%-12s%-18s%-21s" % (watts(hardware, npu), round(npu["temperature"]), pages)
        memory = "%-5d/ %d" % (npu["memoryUsedMib"], npu["memoryTotalMib"])
        pair = ("0    / 0", memory) if hardware["hasHbm"] else (memory, "")
        second = "%-12d%-18s%-21s" % (npu["utilization"], *pair)
        chip = "%d" % npu["chip"] if hardware["hasHbm"] else "%-6d%d" % (npu["chip"], npu["index"])
        lines += [
            "| %-6d%-20s| %-14s| %s|" % (npu["card"], npu["name"], npu["health"], first),
            "| %-26s| %-14s| %s|" % (chip, npu["bus"], second),
            DOUBLE,
        ]
    return lines + process_table(readings)


def process_table(readings):
    lines = [
        LINE,
        "| NPU     Chip              | Process id    | Process name             | Process memory(MB)      |",
        DOUBLE,
    ]
    for card in sorted({npu["card"] for npu in readings}):
        rows = [
            "| %-8d%-18d| %-14d| %-25s| %-24d|" % (card, npu["chip"], process["pid"], process["name"], process["mib"])
            for npu in readings
            if npu["card"] == card
            for process in npu["processes"]
        ]
        nothing = "| %-95s|" % ("No running processes found in NPU %d" % card)
        lines += [*(rows or [nothing]), DOUBLE]
    return lines


def mapping(hardware):
    row = "\t%-30s %-30s %-30s %s"
    lines = [row % ("NPU ID", "Chip ID", "Chip Logic ID", "Chip Name")]
    controller = chips_per_card(hardware)
    for logic, npu in enumerate(hardware["devices"]):
        lines.append(row % (npu["card"], npu["chip"], logic, "Ascend " + npu["name"]))
        if npu["chip"] == controller - 1:
            lines.append(row % (npu["card"], controller, "-", "Mcu"))
    return lines


def pairs(values):
    return ["\t%-30s : %s" % pair for pair in values]


def inventory(hardware):
    cards = sorted({npu["card"] for npu in hardware["devices"]})
    lines = pairs([("Total Count", len(cards))])
    for card in cards:
        lines += ["", *pairs([("NPU ID", card), ("Chip Count", chips_per_card(hardware))])]
    return lines


def board(hardware, npu):
    return pairs(
        [
            ("NPU ID", npu["card"]),
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
            ("PCI Device ID", "0xD802" if hardware["hasHbm"] else "0xD500"),
            ("Subsystem Vendor ID", "0x19E5"),
            ("Subsystem Device ID", "0x4000"),
            ("Chip Count", chips_per_card(hardware)),
        ]
    )


def health(hardware, npu):
    is_ok = npu["health"] == "OK"
    memory = "HBM" if hardware["hasHbm"] else "DDR"
    return pairs(
        [
            ("NPU ID", npu["card"]),
            ("Health", npu["health"]),
            ("Error Code", "NA" if is_ok else "0x80E01801"),
            ("Error Information", "NA" if is_ok else "The %s has a multi-bit ECC error." % memory),
        ]
    )


def common(hardware, npu):
    rates = [("Memory Usage Rate(%)", 0), ("HBM Usage Rate(%)", percent(npu))]
    return [
        ("Chip ID", npu["chip"]),
        *(rates if hardware["hasHbm"] else [("Memory Usage Rate(%)", percent(npu))]),
        ("Aicore Usage Rate(%)", npu["utilization"]),
        ("Aicore Freq(MHZ)", 1800),
        ("Aicore curFreq(MHZ)", 1800 if npu["utilization"] else 800),
        ("Aicore Count", 20 if hardware["hasHbm"] else 8),
        ("Temperature(C)", round(npu["temperature"])),
        ("NPU Real-time Power(W)", watts(hardware, npu)),
    ]


def usages(hardware, npu):
    ddr = [("DDR Capacity(MB)", npu["memoryTotalMib"]), ("DDR Usage Rate(%)", percent(npu))]
    hbm = [
        ("Memory Capacity(MB)", 0),
        ("Memory Usage Rate(%)", 0),
        ("HBM Capacity(MB)", npu["memoryTotalMib"]),
        ("HBM Usage Rate(%)", percent(npu)),
    ]
    bandwidth = "HBM" if hardware["hasHbm"] else "DDR"
    return [
        *(hbm if hardware["hasHbm"] else ddr),
        ("Aicore Usage Rate(%)", npu["utilization"]),
        ("Aicpu Usage Rate(%)", 0),
        ("Ctrlcpu Usage Rate(%)", 2),
        (bandwidth + " Bandwidth Usage Rate(%)", npu["utilization"] // 2),
        ("Chip ID", npu["chip"]),
    ]


def temperature(hardware, npu):
    return [("NPU Temperature (C)", round(npu["temperature"])), ("Chip ID", npu["chip"])]


def power(hardware, npu):
    return [("NPU Real-time Power(W)", watts(hardware, npu)), ("Chip ID", npu["chip"])]


OF_CHIPS = {"common": common, "usages": usages, "temp": temperature, "power": power}


def of_chips(kind, hardware, chips):
    """One block for each chip of a card, and of some pages one for the controller."""
    lines = pairs([("NPU ID", chips[0]["card"]), ("Chip Count", chips_per_card(hardware))])
    for npu in chips:
        lines += ["", *pairs(OF_CHIPS[kind](hardware, npu))]
    if kind == "common":
        lines += ["", *pairs([("Chip Name", "mcu"), ("Temperature(C)", round(chips[0]["temperature"]) - 6)])]
    return lines
