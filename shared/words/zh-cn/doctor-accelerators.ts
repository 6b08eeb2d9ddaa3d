// Chinese: what the doctor says about accelerators, their drivers and their vendors' tools.
import type { DoctorTexts } from '../doctor-words.ts'

export const accelerators = {
  'tool-missing': {
    title: '服务器上有加速卡，但未安装厂商管理工具',
    cause: '驱动包未安装，或只安装了一部分。',
    fix: '安装与当前操作系统、内核和处理器架构对应的厂商驱动包（其中包含管理工具，包名见“依据”），重启服务器后重新诊断。',
  },
  'tool-hung': {
    title: '厂商工具卡死在驱动中',
    cause: '某个设备不再响应，内核一直在等待，该进程无法结束。卡死期间 Rackside 不会再次启动该工具。',
    fix: '在内核日志中查找掉线的设备。只有重启服务器才能结束该进程；若再次出现，请彻底断电后检查该卡。',
  },
  'tool-timed-out': {
    title: '厂商工具未能及时应答',
    cause: '工具运行过慢：常见原因是每次调用时驱动都要重新初始化各卡，或某张卡即将故障。',
    fix: '请重新诊断。NVIDIA 可开启持久模式（“systemctl enable --now nvidia-persistenced”）。若仍然很慢，请在内核日志中查找该卡的错误。',
  },
  'tool-libraries-missing': {
    title: '厂商工具找不到所需的库文件',
    cause: '驱动安装不完整，或系统不知道其库目录。',
    fix: '重新完整安装驱动包。昇腾需将 /usr/local/Ascend/driver/lib64 下的目录加入 LD_LIBRARY_PATH。',
  },
  'tool-permission': {
    title: '登录用户无权使用加速卡',
    cause: '设备节点属于某个用户组，而该用户不在组内。',
    fix: '通过 sudo 赋予该登录 root 权限，或将其加入厂商用户组：昇腾为 HwHiAiUser，AMD、Intel、海光为 video 和 render，然后重新登录。',
  },
  'nvml-mismatch': {
    title: 'NVIDIA 内核驱动与用户态库版本不一致',
    cause: '驱动被升级（往往是自动更新），而旧的内核模块仍在使用。新的程序和容器无法使用 GPU。',
    fix: '重启服务器。为避免再次发生，请锁定驱动软件包（“apt-mark hold”），只在维护窗口内升级。',
  },
  'nvidia-driver-silent': {
    title: '有 nvidia-smi，但 NVIDIA 内核模块未加载',
    cause: '内核升级后未为当前内核编译模块，或被安全启动拒绝，或显卡被 nouveau 占用。',
    fix: '安装当前内核的头文件，编译模块（“dkms autoinstall”）并加载（“modprobe nvidia”）。启用安全启动时，需对模块签名或注册其密钥。',
  },
  'nvidia-no-devices': {
    title: 'NVIDIA 驱动已加载，但未能启动任何 GPU',
    cause: '驱动版本过旧、GPU 固件启动失败，或 GPU 已分配给虚拟机（vfio-pci）。',
    fix: '在内核日志中查找“RmInitAdapter failed”，确认驱动版本支持该卡，并将服务器断电后重新开机。',
  },
  'dcmi-no-access': {
    title: 'npu-smi 无法访问昇腾驱动（-8005）',
    cause: '登录用户既不是 root 也不在 HwHiAiUser 组内，或缺少设备节点，或驱动与固件升级后未重启。',
    fix: '使用有 root 权限的登录，或将其加入 HwHiAiUser 组。若刚升级过，请重启服务器。在容器内需挂入 /dev/davinci_manager、/dev/devmm_svm 和 /dev/hisi_hdc。',
  },
  'dcmi-device-used': {
    title: '昇腾设备已被其他容器或虚拟机占用（-8020）',
    cause: '非特权模式下，一个 NPU 只能由一个容器使用。',
    fix: '找到占用它的容器（“docker ps”）并停止，或为每个容器分配各自的 NPU。',
  },
  'dcmi-failed': {
    title: '昇腾驱动的管理接口无法启动',
    cause: '驱动、固件或设备尚未就绪；提示中的数字是厂商错误码。',
    fix: '重启服务器。若仍然存在，请重新安装同一版本配套的驱动和固件，并将错误码提供给厂商支持。',
  },
  'devices-unreadable': {
    title: '服务器上有加速卡，但无法读取',
    cause: '厂商工具的应答中没有设备信息；其原文见下。',
    fix: '在服务器上运行该工具，并按其提示处理。若输出看起来正常，请将其发给我们：可能是新的输出格式。',
  },
  'driver-not-bound': {
    title: '该加速卡没有驱动',
    cause: '驱动未安装、未为当前内核编译、未通过安全启动签名校验，或不支持该卡。',
    fix: '安装适用于当前内核的厂商驱动（包名见“依据”）并重启。若已安装，请在内核日志中查看驱动为何没有接管该卡。',
  },
  'vfio-bound': {
    title: '该加速卡被预留给虚拟机',
    cause: '它绑定在 vfio-pci 上，主机和容器都无法使用。',
    fix: '若要在本机使用，请从 /etc/modprobe.d 的 vfio-pci 选项和内核命令行中移除其编号，重建 initramfs 后重启。',
  },
  'nouveau-bound': {
    title: 'NVIDIA 卡被开源驱动 nouveau 占用',
    cause: '启动时 nouveau 先于 NVIDIA 驱动加载；它无法用于计算。',
    fix: '在 /etc/modprobe.d/blacklist-nouveau.conf 中写入“blacklist nouveau”和“options nouveau modeset=0”，重建 initramfs 后重启。',
  },
  'nouveau-loaded': {
    title: '装有 NVIDIA 卡的服务器加载了开源驱动 nouveau',
    cause: '它未被列入黑名单，下次启动时可能抢先占用显卡。',
    fix: '在 /etc/modprobe.d/blacklist-nouveau.conf 中写入“blacklist nouveau”和“options nouveau modeset=0”，重建 initramfs 后重启。',
  },
  'fewer-devices-than-bus': {
    title: '厂商工具列出的加速卡少于总线上的数量',
    cause: '有卡掉线或未能启动：卡仍在插槽中，但驱动已放弃它。',
    fix: '在内核日志中查找该卡的地址。停止业务，将服务器彻底断电后重新开机；若仍不出现，请检查该卡及其插槽。',
  },
  'node-missing': {
    title: '加速卡没有设备节点',
    cause: '驱动已安装，但 /dev 下没有对应的设备，容器无法获得加速卡。',
    fix: '加载驱动模块或重启服务器。NVIDIA 可用“nvidia-modprobe -u -c=0”创建节点。',
  },
  'device-lost': {
    title: '有加速卡从总线上掉线',
    cause: '该卡停止响应：供电、过热、插接不良或硬件故障。',
    fix: '先迁移业务，再将服务器彻底断电后重新开机。若再次发生，请检查供电线、转接卡和散热，并更换该卡。',
  },
  'device-needs-reset': {
    title: '有加速卡需要复位',
    cause: '发生错误后，驱动在其复位之前不再使用它。',
    fix: '停止所有使用该卡的程序，然后执行“nvidia-smi --gpu-reset -i N”，或重启服务器。',
  },
  'device-critical': {
    title: '有加速卡报告严重故障',
    cause: '其自身的健康检查未通过，可能计算错误或完全不可用。',
    fix: '将其停用，用厂商工具读取故障码，并联系厂商。',
  },
  'device-alarm': {
    title: '有加速卡报告告警',
    cause: '其自身监测到异常：温度、电压、显存或链路。',
    fix: '读取故障码（“npu-smi info -t health -i N”），检查散热与供电；若持续存在，请安排更换。',
  },
  'device-warning': {
    title: '有加速卡报告警告',
    cause: '它仍能工作，但其自身监测到异常：显存错误、温度或链路。',
    fix: '用厂商工具查看详情（“nvidia-smi -q -i N”、“npu-smi info -t health -i N”），下次重启后重新诊断。',
  },
  'device-faults': {
    title: '有加速卡上报了故障码',
    cause: '其固件记录了以下故障码。',
    fix: '对照厂商故障码表处理，或发送给厂商支持。',
  },
  'device-hot': {
    title: '有加速卡温度很高',
    cause: '达到 90 °C 后加速卡会降频，随后可能自动关闭。',
    fix: '检查风扇、滤网、机箱风道和机房温度，并确认无风扇的卡装在具备相应散热能力的服务器中。',
  },
  'thermal-throttling': {
    title: '有加速卡因过热而降频',
    cause: '为不超过温度上限而降低频率，回答会变慢。',
    fix: '检查风扇、滤网和机房温度；应急时可降低其功耗上限（“nvidia-smi -pl”）。',
  },
  'power-throttling': {
    title: '有加速卡因服务器供电而降速',
    cause: '服务器触发了功率限制：有电源缺失、故障或功率不足，或供电线松动。',
    fix: '在服务器管理界面（BMC）检查电源，并检查各卡的供电线。',
  },
  'ecc-uncorrected': {
    title: '有加速卡的显存出现无法纠正的错误',
    cause: '当时的计算结果可能有误，相关程序已被终止。',
    fix: '在维护窗口内重启服务器。若数量再次增加，请更换该卡。',
  },
  'ecc-pending': {
    title: '有加速卡的故障显存需复位后才会停用',
    cause: '故障页或故障行已标记为待停用，但仍在使用。',
    fix: '安排重启服务器，或在无程序使用时复位该卡。',
  },
  'pcie-narrow': {
    title: '有加速卡的 PCIe 通道数低于其能力',
    cause: '插接不良、转接卡或线缆故障，或插槽本身通道较少。',
    fix: '对照服务器手册中的插槽规格。若插槽足够宽，请在断电后重新插拔该卡及转接卡。',
  },
  'pcie-slow': {
    title: '工作中的加速卡 PCIe 速率低于其能力',
    cause: '插槽或转接卡代次较旧，或链路出错后降速。',
    fix: '对照服务器手册；若插槽速率足够，请在内核日志中查找 PCIe 错误，并在固件设置中指定插槽速率。',
  },
  'persistence-off': {
    title: '持久模式未开启',
    cause: '驱动会释放空闲的卡，每个程序启动时都要重新初始化：启动慢，监测也慢。',
    fix: '执行“systemctl enable --now nvidia-persistenced”；或用“nvidia-smi -pm 1”（重启后失效）。',
  },
  'ascend-firmware-mismatch': {
    title: '昇腾固件版本不在驱动支持的范围内',
    cause: '驱动与固件不是配套版本。',
    fix: '安装同一版本配套的驱动和固件。升级时先固件、后驱动，完成后重启。',
  },
  'ascend-link-down': {
    title: '部分 NPU 的网口链路未连通',
    cause: '本机其他 NPU 的链路正常：这些 NPU 的线缆、光模块或交换机端口缺失或故障。跨多台服务器的模型将无法启动。',
    fix: '检查线缆、光模块（“hccn_tool -i N -optical -g”）和交换机端口，再用“hccn_tool -i N -link -g”确认。',
  },
  'toolkit-newer-than-driver': {
    title: '已安装的 CUDA 工具包对驱动而言过新',
    cause:
      '驱动只能运行同一主版本及更早版本 CUDA 的程序。用该工具包构建的程序会报错“CUDA driver version is insufficient”。',
    fix: '升级 NVIDIA 驱动，或改用驱动所支持主版本的工具包（及镜像）。',
  },
  'fabric-manager-down': {
    title: 'NVIDIA Fabric Manager 未运行',
    cause: '带 NVSwitch 的服务器没有它就无法使用 GPU（CUDA 错误 802）。其版本必须与驱动一致。',
    fix: '安装与驱动版本完全一致的 nvidia-fabricmanager，再执行“systemctl enable --now nvidia-fabricmanager”；失败原因见“journalctl -u nvidia-fabricmanager”。',
  },
} as const satisfies Partial<DoctorTexts>
