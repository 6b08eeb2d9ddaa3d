// 中文：监视一体机。
import type { WatchWords } from '../watch-words.ts'

const dash = '—'

export const watch: WatchWords = {
  host: (processor, memory) => `处理器 ${processor ?? dash}，内存 ${memory ?? dash}`,
  accelerators: (count, busy, memory, hottest) =>
    `${count} 块加速卡：利用率 ${busy ?? dash}，显存 ${memory ?? dash}，最高温度 ${hottest ?? dash}`,
  lost: (time, why) => `自 ${time} 起无数据：${why}`,
  always: (time, computer) => `自 ${time} 起由 ${computer} 持续监视，无论是否打开页面。`,
  whileOpen: (time) => `自 ${time} 起监视，控制台关闭后停止。“rackside serve” 可作为服务持续监视。`,
  nobody: '未打开窗口时无人监视。“rackside serve” 可作为服务持续监视。',
  appliance: { up: (time) => `自 ${time} 起监视`, waiting: '正在连接' },
}
