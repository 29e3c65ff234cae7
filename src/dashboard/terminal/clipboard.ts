/** Longer sequences are cut off or refused by terminals (hterm's script gives up at 100,000 bytes). */
const LONGEST_SEQUENCE = 74_994

/**
 * Asks the terminal to put a text into its clipboard: OSC 52 (xterm, ctlseqs). Whether it does is the terminal's own business and it never says: tmux passes it
 * on where `set-clipboard` is on.
 * @returns '' where the text is too long.
 */
export function clipboardSequence(text: string): string {
  const sequence = `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`
  return sequence.length > LONGEST_SEQUENCE ? '' : sequence
}
