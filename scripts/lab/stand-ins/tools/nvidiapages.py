# The two pages of the nvidia-smi stand-in that are more than lines of CSV: the plain table of driver 550
# (91 columns) and the XML of `-q -x` (DTD version 12).
import time

BORDER = "+-----------------------------------------+------------------------+----------------------+"
WIDE = "+" + "-" * 89 + "+"


def event_reason(reason):
    def value(gpu):
        is_idle = gpu["utilization"] == 0
        if reason == "active":
            return "0x0000000000000001" if is_idle else "0x0000000000000000"
        return "Active" if reason == "gpu_idle" and is_idle else "Not Active"

    return value


def now():
    return time.strftime("%a %b %e %H:%M:%S %Y")


def table(hardware, readings):
    driver, cuda = hardware["driver"], hardware["cuda"]
    lines = [
        now() + "       ",
        WIDE,
        "| NVIDIA-SMI %-23sDriver Version: %-15sCUDA Version: %-9s|" % (driver, driver, cuda),
        BORDER.replace("+", "|", 1)[:-1] + "+",
        "| GPU  Name                 Persistence-M | Bus-Id          Disp.A | Volatile Uncorr. ECC |",
        "| Fan  Temp   Perf          Pwr:Usage/Cap |           Memory-Usage | GPU-Util  Compute M. |",
        "|                                         |                        |               MIG M. |",
        "|=========================================+========================+======================|",
    ]
    for gpu in readings:
        power = "%dW / %4dW" % (round(gpu["power"]), gpu["powerBusy"])
        memory = "%dMiB / %6dMiB" % (gpu["memoryUsedMib"], gpu["memoryTotalMib"])
        lines += [
            "| %3d  %-27s%7s | %18s %3s | %20s |" % (gpu["index"], gpu["name"], "Off", gpu["bus"], "Off", "N/A"),
            "| N/A  %3dC    P0       %17s | %22s |  %5d%%      Default |"
            % (round(gpu["temperature"]), power, memory, gpu["utilization"]),
            "| %39s | %22s | %20s |" % ("", "", "Disabled"),
            BORDER,
        ]
    return lines + process_table(readings)


def process_table(readings):
    lines = [
        "",
        WIDE,
        "| Processes:" + " " * 78 + "|",
        "|  GPU   GI   CI        PID   Type   Process name                              GPU Memory |",
        "|        ID   ID                                                               Usage      |",
        "|" + "=" * 89 + "|",
    ]
    rows = [
        "| %4d   N/A  N/A  %9d      C   %-37s %10dMiB |" % (gpu["index"], process["pid"], process["name"], process["mib"])
        for gpu in readings
        for process in gpu["processes"]
    ]
    return lines + (rows or ["|  No running processes found" + " " * 61 + "|"]) + [WIDE]


def xml(hardware, readings):
    lines = ['<?xml version="1.0" ?>', '<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">', "<nvidia_smi_log>"]
    top = {
        "timestamp": now(),
        "driver_version": hardware["driver"],
        "cuda_version": hardware["cuda"],
        "attached_gpus": len(readings),
    }
    lines += elements(top, 1)
    for gpu in readings:
        lines.append('\t<gpu id="%s">' % gpu["bus"])
        lines += elements(gpu_tree(gpu), 2)
        lines += ["\t\t<processes>"]
        for process in gpu["processes"]:
            tree = {
                "gpu_instance_id": "N/A",
                "compute_instance_id": "N/A",
                "pid": process["pid"],
                "type": "C",
                "process_name": process["name"],
                "used_memory": "%d MiB" % process["mib"],
            }
            lines += ["\t\t\t<process_info>", *elements(tree, 4), "\t\t\t</process_info>"]
        lines += ["\t\t</processes>", "\t</gpu>"]
    return lines + ["</nvidia_smi_log>"]


def elements(tree, depth):
    lines = []
    for name, value in tree.items():
        if isinstance(value, dict):
            lines += ["\t" * depth + "<%s>" % name, *elements(value, depth + 1), "\t" * depth + "</%s>" % name]
        else:
            lines.append("\t" * depth + "<%s>%s</%s>" % (name, value, name))
    return lines


def gpu_tree(gpu):
    none = "N/A"
    used, total = gpu["memoryUsedMib"], gpu["memoryTotalMib"]
    limit = "%.2f W" % gpu["powerBusy"]
    errors = {"%s_%s" % (kind, grade): none for kind in ("sram", "dram") for grade in ("correctable", "uncorrectable")}
    reasons = ("gpu_idle", "applications_clocks_setting", "sw_power_cap", "hw_slowdown", "hw_thermal_slowdown", "hw_power_brake_slowdown", "sync_boost", "sw_thermal_slowdown", "display_clocks_setting")
    module = ("power_draw", "current_power_limit", "requested_power_limit", "default_power_limit", "min_power_limit", "max_power_limit")
    bus = gpu["bus"].split(":")
    return {
        "product_name": gpu["name"],
        "product_brand": "NVIDIA",
        "product_architecture": "Hopper",
        "display_mode": "Enabled",
        "display_active": "Disabled",
        "persistence_mode": "Disabled",
        "addressing_mode": "None",
        "mig_mode": {"current_mig": "Disabled", "pending_mig": "Disabled"},
        "mig_devices": "\n\t\t\tNone\n\t\t",
        "serial": gpu["serial"],
        "uuid": gpu["uuid"],
        "minor_number": gpu["index"],
        "vbios_version": "96.00.A5.00.03",
        "gpu_reset_status": {"reset_required": "No", "drain_and_reset_recommended": "No"},
        "pci": {
            "pci_bus": bus[1],
            "pci_device": bus[2].partition(".")[0],
            "pci_domain": bus[0][4:],
            "pci_device_id": "232910DE",
            "pci_bus_id": gpu["bus"],
            "pci_gpu_link_info": {
                "pcie_gen": {"max_link_gen": 5, "current_link_gen": 5},
                "link_widths": {"max_link_width": "16x", "current_link_width": "16x"},
            },
            "replay_counter": 0,
        },
        "fan_speed": none,
        "performance_state": "P0",
        "clocks_event_reasons": {"clocks_event_reason_" + reason: event_reason(reason)(gpu) for reason in reasons},
        "fb_memory_usage": {"total": "%d MiB" % total, "reserved": "541 MiB", "used": "%d MiB" % used, "free": "%d MiB" % (total - used - 541)},
        "bar1_memory_usage": {"total": "131072 MiB", "used": "1 MiB", "free": "131071 MiB"},
        "compute_mode": "Default",
        "utilization": {
            "gpu_util": "%d %%" % gpu["utilization"],
            "memory_util": "%d %%" % (gpu["utilization"] // 2),
            "encoder_util": "0 %",
            "decoder_util": "0 %",
        },
        "ecc_mode": {"current_ecc": none, "pending_ecc": none},
        "ecc_errors": {"volatile": errors, "aggregate": errors},
        "remapped_rows": none,
        "temperature": {
            "gpu_temp": "%d C" % round(gpu["temperature"]),
            "gpu_temp_tlimit": "%d C" % (87 - round(gpu["temperature"])),
            "memory_temp": "%d C" % round(gpu["temperature"]),
        },
        "gpu_power_readings": {
            "power_state": "P0",
            "power_draw": "%.2f W" % gpu["power"],
            "current_power_limit": limit,
            "requested_power_limit": limit,
            "default_power_limit": limit,
            "min_power_limit": "200.00 W",
            "max_power_limit": limit,
        },
        "module_power_readings": {"power_state": "P0", **{name: none for name in module}},
        "clocks": {"graphics_clock": "345 MHz", "sm_clock": "345 MHz", "mem_clock": "2619 MHz"},
    }
