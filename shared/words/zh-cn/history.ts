// 简体中文：历史数据。
import { bytesText } from '../amounts.ts'
import type { HistoryWords } from '../history-words.ts'

export const history: HistoryWords = {
  nothing: '本机尚无该服务器的历史数据：窗口打开或 rackside serve 运行期间，数据会被保存。',
  size: (bytes, limit) => `所有服务器的历史数据在本机占用 ${bytesText(bytes)}，上限 ${bytesText(limit)}。`,
  trouble(trouble) {
    if (trouble.kind === 'newer-format') {
      return `历史数据由更新版本的 Rackside 写入（格式 ${trouble.found}）：只读，不再写入。请升级 Rackside。`
    }
    if (trouble.kind === 'set-aside') {
      return `历史数据已损坏，已改名为状态文件夹中的 ${trouble.file}，并重新开始记录。`
    }
    return `当前数据无法保存：${trouble.detail}。请清理本机磁盘空间；系统会自动重试。`
  },
}
