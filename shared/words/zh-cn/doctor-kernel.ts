// Chinese: what the doctor says about lines of the kernel's log.
import type { DoctorTexts } from '../doctor-words.ts'

export const kernel = {
  'xid-lost': {
    title: 'Xid 79：有 GPU 从总线上掉线',
    cause: '该卡在 PCIe 上停止响应：供电、过热、插接不良或硬件故障。',
    fix: '先迁移业务，再将服务器彻底断电后重新开机。若再次发生，请检查供电和散热，并更换该卡。',
  },
  'xid-memory': {
    title: '有 GPU 显存出现无法纠正的错误（Xid 48、64、94、95、140）',
    cause: '显存单元故障。94 只影响一个程序；64 表示故障行未能替换；其余可能影响更多程序。',
    fix: '重启服务器以停用故障单元。若再次发生，请更换该卡。',
  },
  'xid-remapped': {
    title: '有 GPU 替换了一行显存（Xid 63）',
    cause: '该行将在下次复位时完成替换。',
    fix: '安排一次重启。仅出现一次不必更换该卡。',
  },
  'xid-corrected': {
    title: '有 GPU 显存的可纠正错误过多（Xid 92）',
    cause: '每个错误都已纠正，数据没有丢失；但数量如此之多，往往是显存单元即将故障的先兆。',
    fix: '关注错误计数（“nvidia-smi -q -d ECC”）。若持续增加，或出现无法纠正的错误，请更换该卡。',
  },
  'xid-link': {
    title: 'NVLink 出现错误（Xid 74、144 至 150）',
    cause: 'GPU 之间的链路受到干扰：桥接器、底板或某个 GPU。',
    fix: '重启服务器；用“nvidia-smi nvlink -e”查看错误计数。若持续增加，请联系厂商。',
  },
  'xid-reset': {
    title: '有 GPU 停止响应，需要复位（Xid 61、62、109、119、120）',
    cause: '其固件（GSP）或某个计算任务卡住。',
    fix: '停止使用它的程序并复位（“nvidia-smi --gpu-reset -i N”），或重启服务器。反复出现时，升级驱动往往可以解决。',
  },
  'xid-application': {
    title: '有程序在 GPU 上出错（Xid 13、31、43、45）',
    cause: '多为程序自身缺陷，或程序被强行结束。',
    fix: '硬件无需处理。若同一张卡在不同程序下反复出现，请检查该卡。',
  },
  'xid-other': {
    title: 'NVIDIA 驱动报告了错误（Xid）',
    cause: '错误编号见下方日志；NVIDIA 的 Xid 列表中有说明。',
    fix: '在 NVIDIA 文档中查询该编号。若反复出现，请将“nvidia-bug-report.sh”的结果发给厂商支持。',
  },
  'nvidia-init-failed': {
    title: 'NVIDIA 驱动未能启动某个 GPU',
    cause: '其固件未能加载、地址空间不足，或硬件故障。',
    fix: '将服务器断电后重新开机；检查固件设置中的“Above 4G decoding”，并确认驱动支持该卡。',
  },
  'ascend-kernel-errors': {
    title: '昇腾驱动报告了错误',
    cause: '原文见下；可能有设备停止响应。',
    fix: '与“npu-smi info”对照。若缺少某张卡，请将服务器断电后重新开机；否则请将日志发给厂商支持。',
  },
  'amd-gpu-reset': {
    title: '有 AMD GPU 卡死并被复位',
    cause: '某个计算任务没有结束，使用它的程序已被终止。',
    fix: '尝试更新驱动；若在不同程序下反复出现，请检查该卡。',
  },
  'intel-gpu-hang': {
    title: '有 Intel GPU 卡死',
    cause: '某个计算任务没有结束，驱动复位了计算引擎或放弃了该卡。',
    fix: '若日志显示“wedged”，请重启服务器；并更新内核与固件。',
  },
  'pcie-errors': {
    title: 'PCIe 报告了无法纠正的错误',
    cause: '某张卡、其插接、转接卡或线缆有问题。',
    fix: '用“lspci”查找该地址，断电后重新插拔该卡，并观察错误是否再现。',
  },
  'machine-check': {
    title: '处理器或内存报告了硬件错误',
    cause: '内存条或处理器已经或即将故障。',
    fix: '在服务器管理界面（BMC）确认是哪一个部件，并更换。',
  },
  'out-of-memory': {
    title: '内存耗尽，内核强行结束了程序',
    cause: '某个程序或超出限额的容器申请的内存超过了可用量。',
    fix: '从日志中确认是哪个程序；减少其用量、提高容器限额，或增加内存。',
  },
  'disk-errors': {
    title: '磁盘或其文件系统有错误',
    cause: '磁盘故障，或文件系统已损坏，可能丢失数据。',
    fix: '立即备份重要数据。查看“smartctl -a”和 RAID 状态，更换磁盘，然后检查文件系统。',
  },
  'task-blocked': {
    title: '有程序在内核中等待了数分钟',
    cause: '磁盘、网络存储或某个设备没有响应。',
    fix: '日志中有程序名称。请查找同一时间磁盘或加速卡的错误。',
  },
} as const satisfies Partial<DoctorTexts>
