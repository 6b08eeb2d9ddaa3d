// What the vendors' packages leave on the disk beside their tool: versions, and the libraries that containers get.
import type { PretendedHardware } from './hardware.ts'

/** Path below the root -> content. What belongs under /sys no appliance of the lab can have: it is the host's. */
export function packageFiles(hardware: PretendedHardware): Record<string, string> {
  switch (hardware.tool) {
    case 'nvidia-smi':
      return {}
    case 'npu-smi':
      return ascendFiles(hardware)
    case 'hy-smi':
      return { 'opt/dtk/.info/version': '25.04.1\n', 'opt/dtk/.info/rocm_version': 'DTK-25.04.1\n' }
    case 'cnmon':
      return { 'usr/local/neuware/version.txt': 'Neuware Version 3.9.0\n' }
  }
}

function ascendFiles({ driver, firmware }: PretendedHardware): Record<string, string> {
  const folder = 'usr/local/Ascend/driver'
  return {
    [`${folder}/version.info`]: `Version=${driver}\nInnerversion=V100R001C22SPC002B210\nascendhal_version=7.35.23\naicpu_version=1.0\ntdt_version=1.0\ncompatible_version_fw=[7.0.0,7.9.9]\n`,
    'usr/local/Ascend/firmware/version.info': `Version=${firmware}\nfirmware_version=1.0\npackage_version=${driver}\n`,
    'etc/ascend_install.info':
      'UserName=HwHiAiUser\nUserGroup=HwHiAiUser\nDriver_Install_Type=full\nDriver_Install_Path_Param=/usr/local/Ascend\nDriver_Install_For_All=no\nDriver_Install_Mode=normal\nDriver_Install_Status=complete\n',
    [`${folder}/lib64/driver/libdcmi.so`]: '',
    'usr/local/dcmi/libdcmi.so': '',
  }
}
