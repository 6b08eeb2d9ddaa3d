// Chinese: what the shells with a window say in the terminal that they were started in.
import type { ShellWords } from '../words.ts'

export const shells: ShellWords = {
  opened: (url) => `Rackside 正在浏览器中打开：${url} （按 Ctrl-C 退出）`,
  openByHand: (url) => `Rackside 已就绪，请在本机浏览器中打开：${url} （按 Ctrl-C 退出）`,
  nextWindow: (url) => `已有窗口使用上面的一次性地址进入。如需再打开一个窗口：${url}`,
  serves: (origin) =>
    `Rackside 正在监视其列表中的一体机，页面 ${origin} 仅供本机访问。已命名的操作员可在该页面登录（其他计算机可用 “ssh -L” 转发同一端口）；否则以同一用户和 RACKSIDE_HOME 运行 “rackside web” 即可打开窗口。`,
  servesNetwork: (origin) => `Rackside 正在监视其列表中的一体机，已命名的操作员可在 ${origin} 登录使用。`,
  unitSteps: (unit) => [
    '为它建立用户和文件夹：useradd --system --create-home rackside && install -d -m 700 -o rackside /var/lib/rackside-console',
    `将以下内容存为 /etc/systemd/system/${unit}。`,
    '它有自己的一体机列表：sudo -u rackside RACKSIDE_HOME=/var/lib/rackside-console rackside connect ssh://... --test --save 名称',
  ],
  unitNetworkSteps: [
    '将证书（PEM，含证书链）存为 /etc/rackside/tls-certificate.pem，私钥存为 /etc/rackside/tls-key.pem，属主为 root 且其他人不可读（chmod 600）。',
    '设置第一位登录的操作员：sudo -u rackside RACKSIDE_HOME=/var/lib/rackside-console rackside operators begin 姓名',
  ],
  unitStart: (unit) => `最后启动：systemctl enable --now ${unit}（需要 systemd 247 或更新版本）。`,
  browserFailed: '浏览器未能启动：请手动打开上面的地址。',
  ended: '已结束。服务器上运行的服务不受影响。',
  goesOn: {
    run: '正在执行部署。现在退出，当前步骤会在服务器上完成，随后部署停在该处，可稍后继续。再次按 Ctrl-C 退出。',
    rollout:
      '正在对多台一体机进行批量部署。现在退出，当前步骤会在各服务器上完成，其余一体机不再开始；重新计划后可完成剩余部分。再次按 Ctrl-C 退出。',
  },
  inBrowserInstead: '改在浏览器中继续；可用 npm run desktop 或 npm run web 指定方式。',
  fetching: '正在下载桌面窗口（Electron），仅需一次……',
  fetched: (amount) => `正在下载桌面窗口（Electron）：已下载 ${amount}`,
  withoutSandbox: '以 root 身份启动：桌面窗口没有沙箱保护。使用非 root 账户更安全。',
  noWindow: (seconds) => `${seconds} 秒内没有显示窗口。`,
  runtimeMissing: (folder) => `${folder} 中没有该运行环境。`,
}
