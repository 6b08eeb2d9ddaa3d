// Chinese: what the doctor says.
import type { DoctorWords } from '../doctor-words.ts'
import { accelerators } from './doctor-accelerators.ts'
import { containers } from './doctor-containers.ts'
import { host } from './doctor-host.ts'
import { kernel } from './doctor-kernel.ts'

export const doctor: DoctorWords = {
  rules: { ...accelerators, ...containers, ...host, ...kernel },
  severities: { error: '错误', warning: '警告', hint: '提示' },
  nothing: '未发现问题：在能够检查的范围内一切正常。',
  sum: (errors, warnings, hints) => `错误 ${errors} 项，警告 ${warnings} 项，提示 ${hints} 项`,
  cause: '原因',
  evidence: '依据',
  fix: '处理办法',
  unread: '未能检查',
  facts: {
    runtimes: '容器运行时',
    cdiSpecs: 'CDI 描述文件',
    programs: '已安装的程序',
    services: '系统服务',
    kernelHeaders: '内核头文件',
    secureBoot: '安全启动',
    modules: '内核模块',
    kernelOptions: '内核命令行',
    iommu: 'IOMMU',
    hugePages: '大页',
    numa: 'NUMA',
    selinux: 'SELinux',
    appArmor: 'AppArmor',
    rebootWanted: '待重启状态',
    clockSynchronised: '时钟同步',
    clockSeconds: '时钟',
    disks: '磁盘',
    diskUnder: '目录所在磁盘',
    networkCards: '网卡',
    ascendFirmware: '昇腾固件',
    containerDevices: '容器内的加速卡',
    kernelLog: '内核日志',
  },
}
