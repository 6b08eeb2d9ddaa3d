// Chinese: the recorder.
import type { RecorderWords } from '../recorder-words.ts'

export const recorder: RecorderWords = {
  planned: (bytes, seconds, host) =>
    `记录器在没有控制台监控时继续采样，每 ${seconds} 秒一次：它是由 systemd 以 root 身份、最低优先级运行的 Rackside 脚本。在服务器上最多占用 ${bytes}，由控制台来取。${
      host === undefined
        ? '它不向任何地方发送数据。'
        : `服务或 Docker 未运行、磁盘将满、加速卡丢失，以及恢复时，无论有没有控制台监控，服务器都会自行通知 ${host}；采样数据不会发送。为此，该渠道的地址及其密钥将保存在服务器上，仅 root 可读。`
    }可在一体机页面、用“rackside recorder off”或通过卸载全部清除。`,
  saidBy: '本消息由服务器上的记录器发出，与有无控制台监控无关。',
  unusable: {
    unknown: '没有这个渠道',
    'other-kind': '它既不是 Webhook 也不是机器人',
    signed: '它的消息需要加签，而加签密钥只保存在本控制台',
    'no-curl': '服务器上没有安装 curl',
  },
  tells: (host) => `出现明显故障时通知 ${host}。`,
  tellsNobody: '不通知任何人。',
  untold: (at, code) => `上一条消息未能送达（${at}，${code === 0 ? '对方拒绝' : `curl 退出码 ${code}`}），会再次尝试。`,
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
