// 简体中文：服务写出的日志。
import type { LogWords } from '../log-words.ts'

export const logs: LogWords = {
  nothing: '那里没有 Rackside 安装的服务，因此没有日志。',
  which: '那里有多个服务，请在服务器后写明其中之一：',
  source: ({ deployment, container, isUp }) => `  ${deployment}（${container}${isUp ? '' : '，未运行'}）`,
  cut: (bytes) => `[已截断：还有 ${bytes} 字节]`,
  lost: (why) => `暂时读不到日志：${why}恢复后会接着显示。`,
  stopped: '容器已停止，再次运行后日志会接着显示；按 Ctrl-C 结束。',
}
