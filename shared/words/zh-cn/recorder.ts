// Chinese: the recorder.
import type { RecorderWords } from '../recorder-words.ts'

export const recorder: RecorderWords = {
  planned: (bytes, seconds) =>
    `记录器在没有控制台监控时继续采样，每 ${seconds} 秒一次：它是由 systemd 以 root 身份、最低优先级运行的 Rackside 脚本。在服务器上最多占用 ${bytes}，不向任何地方发送数据，由控制台来取。可在一体机页面、用“rackside recorder off”或通过卸载全部清除。`,
  none: '这台服务器上没有记录器：没有控制台监控时不会采样。部署时在审核页勾选，或加 --record 即可安装。',
  runs: (since) => `记录器自 ${since} 起运行。`,
  stopped: '记录器已安装，但没有运行：部署时勾选记录器（--record）可重新启动。',
  script: {
    'as-wanted': undefined,
    other: '它的脚本与本控制台的不同：版本不同，或被人改动过。部署时勾选记录器（--record）可恢复。',
    missing: '它的脚本不见了：部署时勾选记录器（--record）可恢复。',
  },
  size: (bytes, limit, seconds) => `已存 ${bytes}，上限 ${limit}，每 ${seconds} 秒一个样本。`,
  newest: (at) => `最近一次写入：${at}。`,
  fetched: (samples, stored) =>
    samples === 0
      ? '记录器采到的数据，本控制台都已有。'
      : `读取了记录器的 ${samples} 个样本，其中 ${stored} 个数值是本控制台没有的。`,
  removed: '记录器及其在服务器上采到的数据已全部清除。',
}
