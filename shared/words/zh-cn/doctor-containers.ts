// Chinese: what the doctor says about the container engine and the vendors' runtimes.
import type { DoctorTexts } from '../doctor-words.ts'

export const containers = {
  'engine-missing': {
    title: '未安装 Docker',
    cause: '既没有 docker，也没有 podman。',
    fix: '从发行版或 Docker 官方软件源安装 Docker Engine 20.10 或更高版本，然后执行“systemctl enable --now docker”。',
  },
  'podman-only': {
    title: '只有 Podman，没有 Docker',
    cause: 'Rackside 使用 Docker；Podman 提供的 docker 命令不能替代。',
    fix: '安装 Docker Engine。它可以与 Podman 共存，只需卸载 podman-docker 软件包。',
  },
  'engine-down': {
    title: '已安装 Docker，但没有应答',
    cause: '其服务已停止或启动失败。',
    fix: '执行“systemctl start docker”；若失败，用“journalctl -u docker -n 50”查看原因：常见的是 /etc/docker/daemon.json 写错或磁盘已满。',
  },
  'engine-hung': {
    title: 'Docker 卡死',
    cause: '服务在运行但不应答：磁盘负载过高或故障，或有容器无法结束。',
    fix: '查看磁盘负载和内核日志，然后执行“systemctl restart docker”。',
  },
  'engine-permission': {
    title: '登录用户无权访问 Docker',
    cause: '它没有 root 权限，也不在 docker 组内。',
    fix: '通过 sudo 赋予该登录 root 权限，或将其加入 docker 组（等同于 root），然后重新登录。',
  },
  'engine-old': {
    title: 'Docker 版本过旧',
    cause: '低于 20.10 的版本无法可靠运行当前的容器工具包和镜像。',
    fix: '在维护窗口内升级 Docker，期间容器会短暂停止。',
  },
  'engine-not-at-boot': {
    title: 'Docker 不会随服务器启动',
    cause: '服务正在运行，但未设为开机启动：重启后所有服务都不会恢复。',
    fix: '执行“systemctl enable docker”。',
  },
  'engine-rootless': {
    title: 'Docker 以非 root 方式运行',
    cause: '非 root 的 Docker 无法照常为容器提供加速卡和低端口。',
    fix: '改用系统的 Docker（“systemctl enable --now docker”，“docker context use default”）。',
  },
  'engine-from-snap': {
    title: 'Docker 以 snap 方式安装',
    cause: 'snap 与主机的驱动库隔离，容器无法获得加速卡。',
    fix: '执行“snap remove docker”，再从发行版或 Docker 官方软件源安装 Docker Engine。',
  },
  'storage-driver-slow': {
    title: 'Docker 使用的存储驱动浪费空间或时间',
    cause: 'vfs 会完整复制每一层；devicemapper 已不再维护。',
    fix: '在 /etc/docker/daemon.json 中改为 overlay2，之后需重新加载镜像。',
  },
  'nvidia-toolkit-missing': {
    title: '未安装 NVIDIA 容器工具包',
    cause: '没有它，容器无法获得 GPU（“could not select device driver "" with capabilities: [[gpu]]”）。',
    fix: '安装 nvidia-container-toolkit，再执行“nvidia-ctk runtime configure --runtime=docker”并重启 Docker。',
  },
  'nvidia-runtime-missing': {
    title: 'Docker 中没有注册 nvidia 运行时',
    cause: '工具包已安装，但未写入 /etc/docker/daemon.json：按名称使用该运行时的程序会失败。',
    fix: '执行“nvidia-ctk runtime configure --runtime=docker”，然后“systemctl restart docker”。',
  },
  'gpus-vanish-on-reload': {
    title: '运行中的容器可能丢失 GPU',
    cause:
      '当 cgroup 驱动为 systemd 时，“systemctl daemon-reload”（安装软件包时也会执行）会使未通过 CDI 获得 GPU 的容器失去 GPU：“Failed to initialize NVML: Unknown Error”。',
    fix: '改用 CDI：执行“nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml”，并使用 Docker 28.2 或更高版本（25 及以上需开启 cdi 特性）；或设置 "exec-opts": ["native.cgroupdriver=cgroupfs"]。已丢失 GPU 的容器需重新启动。',
  },
  'cdi-not-generated': {
    title: 'Docker 可以使用 CDI，但没有 NVIDIA GPU 的描述文件',
    cause: '“--device nvidia.com/gpu=all”会报错“unresolvable CDI devices”。',
    fix: '执行“nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml”，每次升级驱动后都要重新生成。',
  },
  'cdi-not-read': {
    title: '已有 GPU 的 CDI 描述文件，但 Docker 没有读取',
    cause: '28.2 之前的 Docker 只有开启相应特性才读取 CDI，25 之前完全不支持。',
    fix: '在 /etc/docker/daemon.json 中设置 "features": {"cdi": true} 并重启 Docker，或升级 Docker。',
  },
  'ascend-runtime-missing': {
    title: '未安装 Ascend Docker Runtime',
    cause: 'Rackside 逐个为容器分配 NPU，不需要它；其他软件可能需要。',
    fix: '若其他软件要求“--runtime=ascend”，请从 MindCluster 安装 Ascend Docker Runtime。',
  },
  'ascend-runtime-unregistered': {
    title: '已安装 Ascend Docker Runtime，但 Docker 中没有注册',
    cause: '未写入 /etc/docker/daemon.json，或之后没有重启 Docker。',
    fix: '带“--install”重新运行其安装程序，然后执行“systemctl restart docker”。',
  },
  'container-stopped': {
    title: 'Rackside 的某个服务已停止',
    cause: '其容器存在但未运行：有人将其停止，或其中的程序已退出且未再启动。',
    fix: '用“rackside logs APPLIANCE SERVICE”或其页面的“日志”查看退出原因。用 Rackside 再次执行同一部署即可启动并验证。',
  },
  'container-ill': {
    title: 'Rackside 的某个容器反复重启或健康检查未通过',
    cause: '其中的程序退出，或没有响应健康检查。',
    fix: '用“rackside logs APPLIANCE SERVICE”或其页面的“日志”查看原因。若文件被改动过，用 Rackside 重新部署即可恢复。',
  },
  'container-waits': {
    title: '某个服务正在等待另一个服务',
    cause: '它本身没有问题：它所调用的服务（箭头之后）不存在或不正常。',
    fix: '只需处理另一个服务，恢复后它会自行继续工作。',
  },
  'version-taken-back': {
    title: '正在运行的版本已被其发布者撤回',
    cause: '该版本安装之后，发布者发现其存在问题，并在此处打开过的离线包中声明撤回。',
    fix: '服务仍在运行。请向发布者索取含其他版本的离线包并部署；也可以回退到未被撤回的保留版本。',
  },
  'sign-in-published': {
    title: '某个应用仍可用厂商公开的初始密码登录',
    cause: '其首个管理员以该密码创建，至今无人确认已修改；应用本身不提供此信息。',
    fix: '以该管理员登录，在应用页面中修改密码，然后确认：执行“rackside sign-ins APPLIANCE --changed SERVICE”，或在“访问”页确认。',
  },
  'parts-held': {
    title: '服务的组件已是新版本，仍在等待该服务',
    cause: '执行在替换组件之后、服务就位之前中断。这些组件可以应答，但不会随服务器启动；旧版本仍保留在旁。',
    fix: '请重新部署该服务，将从中断处继续。若此刻正有执行在进行，请等待其结束。',
  },
  'certificate-ends-now': {
    title: '局域网入口的证书一周内到期或已到期',
    cause: '到期后浏览器将拒绝访问其后的应用；证书不会自动续期。',
    fix: '由一体机生成的证书：执行“rackside certificate APPLIANCE --renew”，或在“访问”页续期，各电脑无需重新信任。院方证书（site）：请重新签发，然后执行“rackside certificate APPLIANCE --certificate FILE --key FILE”启用。',
  },
  'certificate-ends': {
    title: '局域网入口的证书一个月内到期',
    cause: '到期后浏览器将拒绝访问其后的应用；证书不会自动续期。',
    fix: '由一体机生成的证书：执行“rackside certificate APPLIANCE --renew”，或在“访问”页续期，各电脑无需重新信任。院方证书（site）：请重新签发，然后执行“rackside certificate APPLIANCE --certificate FILE --key FILE”启用。',
  },
  'container-lost-devices': {
    title: '运行中的容器已丢失加速卡',
    cause:
      '容器已分配加速卡，但在容器内一张也看不到，而主机上的加速卡正常。当 cgroup 驱动为 systemd、runc 或容器工具包较旧且未使用 CDI 时，“systemctl daemon-reload”（安装软件包时也会执行）会使运行中的容器失去访问 NVIDIA GPU 的权限。',
    fix: '重启该容器（“docker restart”）。若要避免再次发生：改用 CDI 分配 GPU；或在每次开机后执行“nvidia-ctk system create-dev-char-symlinks --create-all”；或在 /etc/docker/daemon.json 中设置 "exec-opts": ["native.cgroupdriver=cgroupfs"]。若缺少的是设备节点，请查明容器内是什么将其删除。',
  },
  'container-fewer-devices': {
    title: '运行中的容器看到的加速卡少于分配的数量',
    cause: '容器启动后，部分设备消失或重新出现：加速卡掉卡或被复位、驱动被重新加载，或容器内的设备节点被删除。',
    fix: '先确认主机仍能看到全部加速卡，再重启该容器（“docker restart”）。容器内被删除的设备节点也会随之恢复。',
  },
} as const satisfies Partial<DoctorTexts>
