// Chinese: the help of the command line.
import type { HelpWords } from '../help-words.ts'

export const help: HelpWords = {
  title: 'rackside：把 AI 服务器变成可用且经过验证的一体机。',
  commands: {
    start: [['', '打开窗口：优先桌面窗口，没有则用浏览器']],
    desktop: [['', '打开桌面窗口']],
    web: [['[--port N] [--import 文件夹] [--no-open]', '在浏览器中打开']],
    demo: [['', '在模拟服务器上走完全流程']],
    'demo list': [['', '查看保留的模拟服务器']],
    'demo remove': [['名称', '移除其中一台']],
    'demo drill': [['名称 演练 [on|off]', '在模拟服务器上人为制造故障']],
    detect: [['服务器', '查看硬件与系统']],
    record: [['服务器 --out 文件夹', '录制全部应答供技术支持使用（隐去名称与密钥）']],
    plan: [['服务器 --solution 方案 --from 文件夹', '查看部署会做什么及原因']],
    setup: [['服务器 --solution 方案 --from 文件夹', '执行部署并验证推理']],
    fleet: [['名称 名称 … --solution 方案 --from 文件夹', '批量部署：先一台验证，再逐批进行']],
    status: [['服务器', '查看是否正常']],
    doctor: [['服务器', '诊断问题、原因和处理办法']],
    probe: [['服务器', '流式生成一次并测量']],
    rollback: [['服务器 [--to 版本]', '查看保留的版本；回退到其中之一，不成功则恢复']],
    published: [['服务器', '局域网可访问的内容，以及各电脑访问时所需的证书']],
    drift: [['服务器', '与部署时相比的差异；--accept：以服务器现状为准']],
    runs: [['服务器', '该服务器最近一次执行（不论由谁发起）']],
    uninstall: [['服务器', '移除 Rackside 创建的全部内容；需输入主机名']],
    connect: [['--test 服务器', '逐步测试连接']],
    trust: [
      ['服务器', '查看其主机密钥，以及是否已被信任'],
      ['服务器 --fingerprint SHA256:…', '不登录，固定其主机密钥'],
      ['服务器 --fingerprint SHA256:… --replace', '重新信任已改变的主机密钥；需输入主机名'],
    ],
    'trust forget': [['服务器', '移除其主机密钥；需输入主机名']],
    'trust list': [['', '查看已保存的主机密钥']],
    'trust import': [['文件', '导入 known_hosts 文件']],
    'trust export': [['', '以 known_hosts 格式导出']],
    vault: [['[status]', '机密的加密存放处']],
    'vault status': [],
    'vault create': [['', '创建保险库并设置口令']],
    'vault change-passphrase': [['', '更改口令']],
    'vault list': [['', '查看其中保存的内容']],
    'vault remove': [['编号', '删除其中一项']],
    'vault unlock': [['', '解锁正在运行的控制台的保险库']],
    'vault lock': [['', '锁定正在运行的控制台的保险库']],
    appliances: [['[list]', '列出已保存的服务器']],
    'appliances list': [],
    'appliances forget': [['名称', '从列表中移除；服务器本身不变，其主机密钥仍保持固定']],
    'import-ssh-config': [['', '列出 ~/.ssh/config 中的主机以供选用']],
    'watch-helper show': [['--user 用户名', '查看仅供监视的登录所需的文件']],
    'watch-helper install': [['服务器 --user 用户名', '用可获得 root 权限的登录安装']],
    'watch-helper remove': [['服务器', '将其移除']],
    'catalog models': [
      ['[一体机] [--context N] [--users N]', '列出模型；哪些可在其上运行、可供多少人使用，或为何不能'],
    ],
    'catalog show': [['标识', '目录中一个条目的内容与需求']],
    'catalog lint': [['文件夹|文件', '列出其中条目的所有问题，供编写者使用']],
    'catalog schema': [['', '条目的 JSON schema，供编辑器使用']],
    help: [['[命令]', '本说明；给出命令时与 命令 --help 相同']],
  },
  options: {
    replay: ['文件夹', '以录制数据代替服务器'],
    solution: ['方案', '要部署的方案（离线包中的一个）'],
    from: ['文件夹', '离线包'],
    out: ['文件夹', '写入的文件夹；须不存在或为空'],
    test: ['', 'connect：测试连接并说明结果；不会保持连接'],
    identity: ['文件', '用于登录的私钥'],
    'password-stdin': ['', '从标准输入读取密码'],
    'password-fd': ['N', '从文件描述符 N 读取密码'],
    'key-passphrase-fd': ['N', '从文件描述符 N 读取私钥的口令'],
    agent: ['', '用 SSH 代理登录：使用其中唯一的密钥，或用'],
    'agent-key': ['SHA256:…', '指定的密钥'],
    'answers-fd': ['N', '登录时服务器所提问题的答案，每行一个，从文件描述符 N 读取'],
    'sudo-password-fd': ['N', 'sudo 密码与登录密码不同时，从文件描述符 N 读取'],
    jump: ['ssh://user@host:port', '途经的跳板机；多级时依次重复'],
    'jump-identity': ['文件', '跳板机的私钥，顺序相同（不写则与服务器使用同一登录方式）'],
    fingerprint: ['SHA256:…', '预期的主机密钥指纹；与服务器一致时固定下来'],
    replace: ['', 'trust：输入主机名后，用它取代已固定的密钥'],
    'weak-algorithms': ['', '对该一体机允许过时的算法'],
    'type-host': ['主机名', 'trust、uninstall：无法现场输入时给出主机名'],
    save: ['名称', '记住该服务器；其密码存入保险库'],
    'use-once': [
      '',
      '登录方式只使用一次：Rackside 为该服务器生成专用密钥，验证可用后忘记密码；\n须与 --save 名称一起使用，或用于已保存的名称，并且保险库已解锁',
    ],
    'keep-for-sudo': ['', '与 --use-once 一起使用：sudo 需要密码时，仅为 sudo 将其保存在保险库中'],
    'vault-passphrase-fd': ['N', '从文件描述符 N 读取口令并解锁保险库（正在运行的控制台的保险库在闲置后才会自动锁定）'],
    'vault-passphrase-file': ['文件', '同上，从文件读取；文件只能由您本人读取（chmod 600）'],
    'new-passphrase-fd': ['N', 'vault change-passphrase：从文件描述符 N 读取新口令'],
    'new-passphrase-file': ['文件', '同上，从文件读取'],
    'watch-only': ['', '该登录仅供监视（通过监视助手）；部署会被拒绝'],
    user: ['用户名', 'watch-helper：允许监视的登录用户名'],
    preset: ['名称', 'demo：ascend-8（默认）、nvidia-8 或 workstation-2'],
    keep: ['', 'demo：结束后保留模拟服务器'],
    'take-over': ['执行编号', 'setup、rollback、uninstall：接管另一控制台正在进行的执行（编号见提示信息）'],
    to: ['版本', 'rollback：版本号，或其旁的摘要'],
    deployment: ['名称', 'rollback：多个服务同有该版本时指定服务'],
    'delete-data': ['', 'uninstall：同时删除服务数据；否则保留其数据卷'],
    context: ['N', 'catalog models：一次提问与回答合计的 token 数（8192）'],
    users: ['N', 'catalog models：同时使用人数（1）'],
    accept: ['', 'drift：以服务器现状为准'],
    all: ['', 'fleet：所有已保存且可部署的一体机'],
    canary: [
      '名称',
      'fleet：单独先行部署的一台（默认第一台）；若结果不正常，则不再开始其他任何一台。\n之后同时进行的最多为总数的四分之一，出现异常即停止',
    ],
    window: [
      '22:00-05:00[/sat,sun]',
      'setup、rollback、fleet：只在该维护时段中断服务（本机时间；星期指时段开始的那天）；\nfleet 只在该时段内开始新的一批',
    ],
    'even-if-busy': ['', 'setup、rollback、fleet：即使有请求正在处理也中断服务；否则最多等待 5 分钟，仍不空闲则结束'],
    soak: ['秒数', 'plan、setup、rollback、fleet：新版本需稳定运行多久才移除原版本（默认 60）'],
    'stop-first': ['', 'plan、setup：即使内存可同时容纳新旧版本，也先停止旧版本再启动新版本'],
    publish: [
      '地址[:端口]',
      'plan、setup：向可访问服务器该地址的所有人开放方案中的应用（默认端口 443）；\nnone：不再开放；省略：保持现状',
    ],
    'rotate-keys': ['', 'plan、setup：为使用网关的应用更换密钥；各应用换好之前旧密钥仍可用'],
    'limit-mbit': ['N', 'setup、fleet：向每台服务器传输的速率上限，单位 Mbit/s'],
    yes: ['', '批准计划（不包括主机密钥，以及离线包中需以 root 身份运行的内容）'],
    'allow-root': ['名称', '与 --yes 一起使用：同时批准其中一项；计划中会显示其原文与名称'],
    'accept-licence': ['名称', '与 --yes 一起使用：接受该许可条款；计划中会显示条款与名称'],
    json: ['', '标准输出的最后一行为一个 JSON 结果'],
    lang: ['en|zh-CN', '语言'],
    port: ['N', 'web：指定 127.0.0.1 的端口（默认选用空闲端口）'],
    import: ['文件夹', 'web：离线包或其所在文件夹'],
    'no-open': ['', 'web：不打开浏览器'],
    help: ['', '显示本说明；写在命令之后则说明该命令'],
    version: ['', '显示版本'],
  },
  appliance:
    '服务器写作 ssh://user@host:port、用 --save 保存过的名称，或 local（本机；在 macOS 和 Windows 上仅可用于 detect，且只读取部分信息）。',
  exitCodes: `退出码：0 完成且正常；1 rackside 自身出错；2 用法错误；3 已取消；4 计划未批准；5 输入被拒绝；
10-29 连接（12 主机密钥未知，13 已改变，14 与给定不符，15 登录被拒，20 无 root 权限，24 主机密钥已吊销，
25 另一台机器，26 需要回答问题）；
30-39 服务器（32 无 Docker，35 无合适版本，36 内存，37 磁盘，38 端口被占用，39 现有对象未作改动）；
40-48 离线包（46 仅供演示，47 未保留该版本）；50-59 执行（52 另有执行，53 磁盘已满，55 步骤失败，
56 未就绪，58 软件包管理器忙，59 须先重启服务器）；98 服务繁忙；
60-69 本控制台（67 窗口被拒绝，68 端口被占用，69 无浏览器）；70 降级，71 故障，72 未知，73 数据过期；
74 无法打开桌面窗口；75 没有该演示一体机，76 演示一体机无法启动；
77-84 保险库（77 已锁定，78 尚未创建，80 口令不正确）；85 名称未确认；86 已知主机列表无法使用；
87 SSH 配置无法使用；88 仅供监视，89 没有监视助手；
90 登录凭据正在使用，91 无法在该服务器添加密钥；92-94 录制数据；
95 本机运行的不是 Linux；96 没有该批量部署，97 两个名称指向同一台机器，99 指定先行的一台无法部署；
fleet 以第一台不正常的一体机的退出码结束，全部正常时才为 0；
100 诊断发现错误，101 诊断发现警告；102 未输入主机名；103 inode 不足；104 本控制台正在该处操作；105 未允许以 root 身份运行的内容；106 未接受许可条款；
107 该处无法创建硬链接；108 未同意开放的地址，111 作业或探测失败；
130 再次按 Ctrl-C 后立即退出。`,
  more: 'rackside 命令 --help：查看某个命令的作用及其选项。',
}
