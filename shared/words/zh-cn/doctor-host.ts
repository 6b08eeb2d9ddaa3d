// Chinese: what the doctor says about the host: kernel, clock, memory, disks and network.
import type { DoctorTexts } from '../doctor-words.ts'

export const host = {
  'systemd-missing': {
    title: '该服务器不由 systemd 管理',
    cause: '它是一个容器，或使用其他服务管理器。Rackside 可以在此部署，但无法启动系统服务。',
    fix: '请让 Rackside 连接主机本身；若系统没有 systemd，请用其自己的方式安装容器引擎和驱动。',
  },
  'kernel-headers-missing': {
    title: '未安装当前内核的头文件',
    cause: '无法为该内核编译驱动；内核升级后加速卡会没有驱动。',
    fix: '安装 linux-headers-$(uname -r)（Debian、Ubuntu）或 kernel-devel-$(uname -r)（openEuler、麒麟、RHEL），再执行“dkms autoinstall”。',
  },
  'secure-boot-unsigned': {
    title: '安全启动拒绝了加速卡驱动',
    cause: '驱动模块没有由固件信任的密钥签名。',
    fix: '对模块签名并注册密钥（“mokutil --import”，下次启动时确认），或在固件设置中关闭安全启动。',
  },
  'reboot-wanted': {
    title: '服务器等待重启',
    cause: '内核或系统库的更新在重启后才生效；驱动可能只适配新内核。',
    fix: '在维护窗口内重启，然后重新诊断。',
  },
  'clock-not-synchronised': {
    title: '时钟没有与时间服务器同步',
    cause: '未配置时间服务器，或无法访问。时钟漂移会影响证书、登录和日志顺序。',
    fix: '在 chrony 或 systemd-timesyncd 中填写医院的时间服务器并启动服务（“systemctl enable --now chronyd”）。',
  },
  'clock-off': {
    title: '时钟相差数分钟',
    cause: '它与本控制台的时钟不一致，证书和令牌会因此被拒绝。',
    fix: '确认哪一方的时间有误，配置时间服务器，并立即校正一次（“chronyc makestep”）。',
  },
  'swap-on': {
    title: '交换分区已启用',
    cause: '模型被换出后回答会慢许多倍，而且看不出原因。',
    fix: '内存充足时执行“swapoff -a”，并从 /etc/fstab 中删除对应行。',
  },
  'memory-short': {
    title: '服务器内存即将耗尽',
    cause: '可用内存不足二十分之一，内核很快会强行结束程序。',
    fix: '查找占用者（“ps aux --sort=-rss | head”），停止不需要的程序，或增加内存。',
  },
  'huge-pages-held': {
    title: '大页占用了大部分内存',
    cause: '超过一半的内存预留给使用大页的程序，模型无法使用。',
    fix: '在 /etc/sysctl.conf 或内核命令行中降低 vm.nr_hugepages。',
  },
  'disk-full': {
    title: '磁盘已满',
    cause: '已经或很快无法写入：容器、日志和部署都会失败。',
    fix: '清理不需要的内容：“docker system df”、“docker image prune”、旧日志（“journalctl --vacuum-size=1G”），或扩容磁盘。',
  },
  'disk-almost-full': {
    title: '磁盘即将用满',
    cause: '镜像和模型都很大，下一个可能放不下。',
    fix: '删除不用的镜像（“docker image prune”），或将 Docker 目录迁移到更大的磁盘（data-root）。',
  },
  'disk-rotating': {
    title: '模型或镜像存放在机械硬盘上',
    cause: '每次启动时，加载 60 GiB 的模型需要 5 到 10 分钟。',
    fix: '将 Docker 目录和 /var/lib/rackside 迁移到固态硬盘。',
  },
  'numa-balancing': {
    title: '自动 NUMA 平衡已开启',
    cause: '内核会在加速卡使用内存时将其在处理器之间迁移，降低速度。',
    fix: '执行“sysctl kernel.numa_balancing=0”，并在 /etc/sysctl.d 中写入同样的设置。',
  },
  'iommu-translates': {
    title: 'GPU 之间的传输经过 IOMMU 转换',
    cause: '每个地址都要转换，GPU 之间的直接传输会变慢或卡住。',
    fix: '若本机不运行虚拟机：在内核命令行中加入“iommu=pt”并重启。',
  },
  'network-slow': {
    title: '有网卡速率低于 1 Gbit/s',
    cause: '网线或交换机端口不良，或速率被手动指定。传送模型会花费数小时。',
    fix: '更换网线或端口，并让两端自动协商速率。',
  },
  'unattended-upgrades': {
    title: '自动更新可能在使用中替换 NVIDIA 驱动',
    cause: '届时用户态库与内核模块不再匹配，GPU 在重启前无法使用。',
    fix: '锁定驱动软件包（“apt-mark hold”），或将其列入 Unattended-Upgrade::Package-Blacklist。',
  },
  'login-only': {
    title: '诊断时没有 root 权限',
    cause: '部分信息只有 root 可见：内核日志、端口所属程序、某些设备。',
    fix: '赋予该登录 sudo 权限后重新诊断。',
  },
} as const satisfies Partial<DoctorTexts>
