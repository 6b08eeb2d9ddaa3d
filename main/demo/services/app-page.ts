// The demo app's one page, in both languages at once and complete in itself: a text to send in, and the prepared
// draft as it comes. It says first that it is a demo.

const style = `
:root { color-scheme: light dark; font: 16px/1.5 "Segoe UI", "PingFang SC", 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
.notice { border: 1px solid #ad6800; padding: 0.75rem 1rem }
textarea { width: 100%; min-height: 7rem; font: inherit; box-sizing: border-box }
button { font: inherit; padding: 0.25rem 1rem; margin: 0.5rem 0.5rem 0.5rem 0 }
pre { white-space: pre-wrap; font: inherit; min-height: 8rem; border: 1px solid #8c8c8c; padding: 0.75rem 1rem }
`

const script = `
const draft = document.getElementById('draft')
async function ask(language) {
  draft.textContent = ''
  draft.lang = language
  const visit = document.getElementById('visit').value || '-'
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch('api/draft', { method: 'POST', headers, body: JSON.stringify({ visit, language }) })
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const lines = (rest + read.value).split('\\n')
    rest = lines.pop()
    for (const line of lines.filter((one) => one.startsWith('data:'))) {
      const event = JSON.parse(line.slice(5))
      draft.textContent += event.text ?? (event.error ? ' [' + event.error + ']' : '')
    }
  }
}
for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', () => ask(button.lang).catch((error) => { draft.textContent = String(error) }))
}
`

export const appPage = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>门诊小结助手（演示） / Clinic note helper (demo)</title>
<style>${style}</style>
</head>
<body>
<h1>门诊小结助手 <span lang="en">/ Clinic note helper</span></h1>
<div class="notice">
<p><strong>演示：</strong>草稿是预先写好的示例，与输入内容无关，没有进行任何计算。请勿输入真实患者信息。</p>
<p lang="en"><strong>Demo:</strong> drafts are examples that were written beforehand. They do not depend on what you
enter, and nothing is computed. Do not enter anything about a real patient.</p>
</div>
<p><label for="visit">就诊摘要 <span lang="en">/ Visit summary</span></label></p>
<textarea id="visit"></textarea>
<button type="button" lang="zh-CN">生成示例草稿</button>
<button type="button" lang="en">Show the example draft</button>
<pre id="draft" role="status"></pre>
<script>${script}</script>
</body>
</html>
`
