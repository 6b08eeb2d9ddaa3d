// English: what the doctor says about accelerators, their drivers and their vendors' tools.
import type { DoctorTexts } from '../doctor-words.ts'

export const accelerators = {
  'tool-missing': {
    title: 'The accelerators are there, but their vendor’s tool is not installed',
    cause: 'The driver package is not installed, or only a part of it.',
    fix: 'Install the vendor’s driver package for this operating system, kernel and processor; it brings the tool (its name stands under Seen). Restart the server, then look again.',
  },
  'tool-hung': {
    title: 'The vendor’s tool hangs in the driver',
    cause:
      'A device no longer answers and the kernel waits for it; the process cannot be ended. Rackside does not start the tool again while it hangs.',
    fix: 'Look for lost devices in the kernel’s log. Only a restart of the server ends such a process; if it comes back, power the server off completely and have the card checked.',
  },
  'tool-timed-out': {
    title: 'The vendor’s tool did not answer in time',
    cause:
      'It needs very long, often because the driver starts the cards anew at every call, or because a card is failing.',
    fix: 'Look again. For NVIDIA turn persistence mode on (“systemctl enable --now nvidia-persistenced”). If it stays slow, look for errors of the card in the kernel’s log.',
  },
  'tool-libraries-missing': {
    title: 'The vendor’s tool does not find its libraries',
    cause: 'The driver is only partly installed, or its library folder is not known to the system.',
    fix: 'Install the driver package again in full. For Ascend, the folders under /usr/local/Ascend/driver/lib64 belong into LD_LIBRARY_PATH.',
  },
  'tool-permission': {
    title: 'The login may not use the accelerators',
    cause: 'The device nodes belong to a group that this user is not in.',
    fix: 'Give the login root rights by sudo, or put it into the vendor’s group: HwHiAiUser for Ascend, video and render for AMD, Intel and Hygon. Then log in anew.',
  },
  'nvml-mismatch': {
    title: 'The NVIDIA driver in the kernel and its libraries are of different versions',
    cause:
      'The driver was updated, often by automatic updates, while the old kernel module was still loaded. New programs and containers cannot use the GPUs.',
    fix: 'Restart the server. To keep it from happening again, hold the driver’s packages (“apt-mark hold”) and update them only in a maintenance window.',
  },
  'nvidia-driver-silent': {
    title: 'nvidia-smi is there, but the NVIDIA kernel module is not loaded',
    cause:
      'The module was not built for the running kernel (after a kernel update), Secure Boot refuses it, or nouveau holds the cards.',
    fix: 'Install the headers of the running kernel, build the module (“dkms autoinstall”) and load it (“modprobe nvidia”). With Secure Boot, sign the module or enrol its key.',
  },
  'nvidia-no-devices': {
    title: 'The NVIDIA driver is loaded, but it could start no GPU',
    cause:
      'The driver is too old for these cards, their firmware did not start, or they are handed to virtual machines (vfio-pci).',
    fix: 'Look for “RmInitAdapter failed” in the kernel’s log, check that the driver version supports the card, and power the server off and on.',
  },
  'dcmi-no-access': {
    title: 'npu-smi cannot reach the Ascend driver (-8005)',
    cause:
      'The login is neither root nor in the group HwHiAiUser, device nodes are missing, or driver and firmware were upgraded without a restart.',
    fix: 'Use a login with root rights or add it to the group HwHiAiUser. If it was upgraded, restart the server. Inside a container, pass /dev/davinci_manager, /dev/devmm_svm and /dev/hisi_hdc.',
  },
  'dcmi-device-used': {
    title: 'The Ascend device is in use by another container or virtual machine (-8020)',
    cause: 'Without privileges an NPU can be used by one container only.',
    fix: 'Find the container that holds it (“docker ps”) and stop it, or give each container NPUs of its own.',
  },
  'dcmi-failed': {
    title: 'The management interface of the Ascend driver does not start',
    cause: 'Driver, firmware or device are not ready; the number in the message is the vendor’s code.',
    fix: 'Restart the server. If it stays, reinstall driver and firmware of one release and give the code to the vendor’s support.',
  },
  'devices-unreadable': {
    title: 'Accelerators are there, but they cannot be read',
    cause: 'The vendor’s tool answered in a way that says nothing about its devices; what it said is below.',
    fix: 'Run the tool on the server and follow its message. If its output looks right, send it to us: its layout may be new.',
  },
  'driver-not-bound': {
    title: 'No driver drives this accelerator',
    cause:
      'The driver is not installed, was not built for the running kernel, is not signed for Secure Boot, or does not know this card.',
    fix: 'Install the vendor’s driver for this kernel (its package stands under Seen) and restart. If it is installed, look in the kernel’s log for why it does not take the card.',
  },
  'vfio-bound': {
    title: 'This accelerator is reserved for virtual machines',
    cause: 'It is bound to vfio-pci, so neither the host nor containers can use it.',
    fix: 'If it is meant for this server, remove its ids from the vfio-pci options in /etc/modprobe.d and the kernel’s command line, rebuild the initramfs and restart.',
  },
  'nouveau-bound': {
    title: 'The open driver nouveau holds the NVIDIA card',
    cause: 'nouveau was loaded at start before NVIDIA’s driver; it cannot compute.',
    fix: 'Write “blacklist nouveau” and “options nouveau modeset=0” to /etc/modprobe.d/blacklist-nouveau.conf, rebuild the initramfs and restart.',
  },
  'nouveau-loaded': {
    title: 'The open driver nouveau is loaded on a server with NVIDIA cards',
    cause: 'It is not blacklisted and may take a card at the next start, before NVIDIA’s driver does.',
    fix: 'Write “blacklist nouveau” and “options nouveau modeset=0” to /etc/modprobe.d/blacklist-nouveau.conf, rebuild the initramfs and restart.',
  },
  'fewer-devices-than-bus': {
    title: 'The vendor’s tool lists fewer accelerators than there are on the bus',
    cause: 'A card was lost or did not start: it is still in its slot and the driver has given it up.',
    fix: 'Look for the card’s address in the kernel’s log. Stop the services, power the server off completely and on again; if the card stays away, have it and its slot checked.',
  },
  'node-missing': {
    title: 'The accelerators have no device nodes',
    cause: 'The driver is installed, but nothing under /dev stands for its devices, so no container can get them.',
    fix: 'Load the driver’s modules or restart the server. For NVIDIA, “nvidia-modprobe -u -c=0” makes the nodes.',
  },
  'device-lost': {
    title: 'An accelerator has fallen off the bus',
    cause: 'The card stopped answering: power, heat, its seat in the slot, or a defect.',
    fix: 'Move the work away, power the server off completely and on again. If it happens again, check power cables, risers and cooling, and have the card replaced.',
  },
  'device-needs-reset': {
    title: 'An accelerator has to be reset',
    cause: 'After an error the driver no longer uses it until it is reset.',
    fix: 'Stop everything that uses the card, then “nvidia-smi --gpu-reset -i N” or restart the server.',
  },
  'device-critical': {
    title: 'An accelerator reports a critical state',
    cause: 'Its own health check failed; it may compute wrongly or not at all.',
    fix: 'Take it out of service, read its fault codes with the vendor’s tool and call the vendor.',
  },
  'device-alarm': {
    title: 'An accelerator reports an alarm',
    cause: 'Its own monitoring found something out of range: heat, voltage, memory or its link.',
    fix: 'Read the fault codes (“npu-smi info -t health -i N”), check cooling and power, and plan its replacement if it stays.',
  },
  'device-warning': {
    title: 'An accelerator reports a warning',
    cause: 'It works, and its own monitoring has seen something: memory errors, heat, or its link.',
    fix: 'Read its details with the vendor’s tool (“nvidia-smi -q -i N”, “npu-smi info -t health -i N”) and look again after the next restart.',
  },
  'device-faults': {
    title: 'An accelerator names faults of its own',
    cause: 'Its firmware recorded the codes below.',
    fix: 'Look the codes up in the vendor’s list of faults, or send them to the vendor’s support.',
  },
  'device-hot': {
    title: 'An accelerator is very hot',
    cause: 'At 90 °C and more cards slow down, and soon after switch off.',
    fix: 'Check fans, filters and the air’s way through the server, the room’s temperature, and whether passive cards stand in a server that cools them.',
  },
  'thermal-throttling': {
    title: 'An accelerator runs slower because of its heat',
    cause: 'It lowers its clocks to stay below its limit, so answers take longer.',
    fix: 'Check fans, filters and the room’s temperature; as a first aid lower its power limit (“nvidia-smi -pl”).',
  },
  'power-throttling': {
    title: 'An accelerator is slowed down by the server’s power supply',
    cause: 'The server pulled the power brake: a supply is missing, failing or too weak, or a cable is loose.',
    fix: 'Check the power supplies in the server’s management (BMC) and the cards’ power cables.',
  },
  'ecc-uncorrected': {
    title: 'An accelerator’s memory had errors that could not be corrected',
    cause: 'Results computed at that time may be wrong; programs were ended.',
    fix: 'Restart the server in a maintenance window. If the number rises again, have the card replaced.',
  },
  'ecc-pending': {
    title: 'Faulty memory of an accelerator is taken out of use only after a reset',
    cause: 'Pages or rows are marked for retirement and still in use.',
    fix: 'Plan a restart of the server, or a reset of the card while nothing uses it.',
  },
  'pcie-narrow': {
    title: 'An accelerator’s PCIe link is narrower than the card can',
    cause: 'It is not seated well, a riser or cable is faulty, or its slot has fewer lanes.',
    fix: 'Compare with the slot in the server’s manual. If the slot is wide enough, reseat the card and its riser while the server is off.',
  },
  'pcie-slow': {
    title: 'An accelerator at work uses a slower PCIe speed than it can',
    cause: 'Its slot or riser is of an older generation, or the link fell back after errors.',
    fix: 'Compare with the server’s manual; if the slot is fast enough, look for PCIe errors in the kernel’s log and set the slot’s speed in the firmware setup.',
  },
  'persistence-off': {
    title: 'Persistence mode is off',
    cause: 'The driver lets go of idle cards and starts them anew for every program: slow starts, slow monitoring.',
    fix: '“systemctl enable --now nvidia-persistenced”, or “nvidia-smi -pm 1” until the next restart.',
  },
  'ascend-firmware-mismatch': {
    title: 'The Ascend firmware is outside of what the driver supports',
    cause: 'Driver and firmware are of releases that do not belong together.',
    fix: 'Install driver and firmware of one release. For an upgrade the firmware comes first, then the driver; restart after both.',
  },
  'ascend-link-down': {
    title: 'The network link of some NPUs is down',
    cause:
      'Other NPUs of this server have a link: a cable, an optical module or a switch port of these is missing or broken. Models that span several servers will not start.',
    fix: 'Check cable, optical module (“hccn_tool -i N -optical -g”) and switch port, then look again with “hccn_tool -i N -link -g”.',
  },
  'toolkit-newer-than-driver': {
    title: 'The installed CUDA toolkit is too new for the driver',
    cause:
      'The driver runs programs of its own major CUDA release and of older ones. Programs built with this toolkit fail with “CUDA driver version is insufficient”.',
    fix: 'Upgrade the NVIDIA driver, or use a toolkit (and images) of the major release that the driver supports.',
  },
  'fabric-manager-down': {
    title: 'NVIDIA’s Fabric Manager does not run',
    cause:
      'On servers with NVSwitch no program can use the GPUs without it (CUDA error 802). Its version must be that of the driver.',
    fix: 'Install nvidia-fabricmanager of exactly the driver’s version, then “systemctl enable --now nvidia-fabricmanager”; “journalctl -u nvidia-fabricmanager” says why it fails.',
  },
} as const satisfies Partial<DoctorTexts>
