// Chinese (zh-CN): what the desktop window says outside its page, in dialogs, the tray and notifications.
import type { DesktopWords } from '../words.ts'

export const desktop: DesktopWords = {
  open: '打开 Rackside',
  quit: '退出',
  noRun: '当前没有部署任务',
  severalRuns: (runs) => `正在进行 ${runs} 个部署任务`,
  betweenRings: '批量部署正在进行',
  run: {
    'set-up': {
      running: (solution, where) => `正在将 ${solution} 部署到 ${where}`,
      done: (solution, where) => `${where} 上的 ${solution}：部署已结束`,
      failed: (solution, where) => `${where} 上的 ${solution}：部署失败`,
      cancelled: (solution, where) => `${where} 上的 ${solution}：部署已停止`,
    },
    'roll-back': {
      running: (deployment, where) => `正在回退 ${where} 上的 ${deployment}`,
      done: (deployment, where) => `${where} 上的 ${deployment}：回退已结束`,
      failed: (deployment, where) => `${where} 上的 ${deployment}：回退失败`,
      cancelled: (deployment, where) => `${where} 上的 ${deployment}：回退已停止`,
    },
    'renew-certificate': {
      running: (deployment, where) => `正在续期 ${where} 上 ${deployment} 的证书`,
      done: (deployment, where) => `${where} 上的 ${deployment}：证书续期已结束`,
      failed: (deployment, where) => `${where} 上的 ${deployment}：证书续期失败`,
      cancelled: (deployment, where) => `${where} 上的 ${deployment}：证书续期已停止`,
    },
    uninstall: {
      running: (_, where) => `正在卸载 ${where}`,
      done: (_, where) => `${where}：卸载已结束`,
      failed: (_, where) => `${where}：卸载失败`,
      cancelled: (_, where) => `${where}：卸载已停止`,
    },
  },
  goesOn: { title: '部署继续进行', inTray: 'Rackside 保留在系统托盘中。', minimized: 'Rackside 已最小化。' },
  quitQuestion: {
    message: (runs) => (runs === 1 ? '部署正在进行。' : `${runs} 个部署正在进行。`),
    detail: '退出后，服务器会完成当前步骤，随后部署停在那里；再次部署时从下一步继续。',
    rollout: {
      message: ({ runs, waiting }) => `批量部署正在进行：${runs} 台正在部署，${waiting} 台尚未开始。`,
      detail:
        '退出后，各服务器会完成当前步骤，其余一体机不再开始。批量部署随 Rackside 一起结束；重新计划后可完成剩余部分。',
    },
    keep: '继续运行',
  },
  broke: {
    title: '窗口已重新加载',
    body: '页面曾停止工作，正在进行的部署不受影响。',
    message: '此窗口的页面反复出错。',
    detail: '正在进行的部署不受影响。',
    reload: '重新加载',
  },
  hangs: {
    message: '此窗口的页面没有响应。',
    detail: '正在进行的部署不受影响。',
    wait: '等待',
  },
  chooseBundle: '选择离线包所在的文件夹',
  chooseBundleFile: '选择离线包文件或其中一个分卷',
  saveFile: '保存文件',
  saveFiles: '保存到文件夹',
  chooseKeyFile: '选择私钥文件',
  notStarted: 'Rackside 无法启动',
  stopped: 'Rackside 因内部缺陷而停止',
  noPage: (folder) => `${folder} 中没有页面，请运行 "npm run build" 生成`,
}
