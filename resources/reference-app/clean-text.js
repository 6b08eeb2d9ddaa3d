// Makes model output safe to show: it is hostile text, and control or bidirectional marks could hide or
// reorder what a clinician reads. Works on single code units, so a text may arrive in any pieces.

// C0 except tab and newline, DEL and C1, and the marks that set or override text direction.
const unwanted =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u206F]/g

/**
 * @param {string} text
 * @returns {string}
 */
export function cleanText(text) {
  return text.replace(unwanted, '')
}
