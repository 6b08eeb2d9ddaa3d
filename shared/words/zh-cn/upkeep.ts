// Chinese: going back, taking away, comparing.
import type { UpkeepWords } from '../words.ts'

export const upkeep: UpkeepWords = {
  noVersions: '服务器没有保留任何版本。',
  nothingOfOurs: '该服务器上没有 Rackside 的任何内容。',
  uninstalled: 'Rackside 创建的内容已全部移除，登录方式未改动。',
  uninstalledButData: (names) => `Rackside 创建的内容已移除，仅保留服务数据：${names}。登录方式未改动。`,
  dataGoes: '服务数据及其备份将一并删除，且无法恢复。',
  dataStays: '服务数据及其备份保留在服务器上（加 --delete-data 则一并删除）。',
  noRunThere: '该服务器从未部署过。',
  lastRun: {
    running: (who, began, run) => `${who} 自 ${began} 起正在操作（${run}）`,
    'broken-off': (who, began, run) => `由 ${who} 于 ${began} 开始，已中断（${run}）：重新执行同一命令即可继续`,
    done: (who, began, run) => `已完成，由 ${who} 于 ${began} 开始（${run}）`,
    failed: (who, began, run) => `失败，由 ${who} 于 ${began} 开始（${run}）`,
    cancelled: (who, began, run) => `已停止，由 ${who} 于 ${began} 开始（${run}）`,
  },
  outcomes: { done: '完成', already: '已满足', failed: '失败', undone: '已撤销', open: '未结束' },
  noDrift: '一切与部署时一致。',
  drift: {
    'container-missing': (deployment) => `${deployment} 不存在`,
    'container-stopped': (deployment) => `${deployment} 未在运行`,
    image: (deployment) => `${deployment} 使用了其他镜像`,
    spec: (deployment) => `${deployment} 的设置不同`,
    'restart-policy': (deployment) => `${deployment}：重启策略`,
    'memory-limit': (deployment) => `${deployment}：内存限制`,
    'cpu-limit': (deployment) => `${deployment}：CPU 限制`,
    'cpu-set': (deployment) => `${deployment}：CPU 绑定`,
    command: (deployment) => `${deployment}：启动参数`,
    'artifact-missing': (deployment) => `${deployment}：缺少文件`,
    os: () => '操作系统',
    kernel: () => '内核',
    engine: () => '容器引擎',
    'engine-settings': () => '/etc/docker/daemon.json',
    driver: (vendor) => `${vendor} 驱动`,
  },
  driftFromTo: (what, was, now) => `${what}：原为 ${was || '无'}，现为 ${now || '无'}`,
}
