"""What the quiz and the mock interview look like, beyond the theme."""

QUIZ_CSS = """
<style>
[class*="st-key-options_"] button { justify-content: flex-start; text-align: left; }
[class*="st-key-options_"] button > div, [class*="st-key-options_"] button > div > span {
  justify-content: flex-start; width: 100%; }
[class*="st-key-options_"] kbd { margin-left: auto; }
.stMain h1 { font-size: 1.25rem; padding: 0; }
.stMain .st-key-quiz_card h2 { font-size: 1.3rem; line-height: 1.45; padding: 0 0 0.4rem;
  max-width: 44rem; }
.st-key-quiz_frame { flex-wrap: nowrap; }
.st-key-quiz_frame > [data-testid="stLayoutWrapper"] { width: auto; min-width: 0; flex: 0 1 auto; }
.st-key-quiz_frame [data-testid="stPopover"] { min-width: 0; max-width: min(24rem, 46vw); }
.st-key-quiz_frame [data-testid="stPopover"] button p {
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.st-key-quiz_frame > .stElementContainer:has(h1) { width: auto; flex: 0 0 auto; }
.st-key-quiz_frame > .stElementContainer:has([data-testid="stProgress"]) { flex: 1 1 6rem; }
[class*="st-key-options_"] { gap: 0.5rem; }
[class*="st-key-confidence_"] button { min-width: 4.1rem; }
[class*="st-key-reasons_"] :is(ul, ol) { list-style: none; margin-left: 0; padding-left: 0; }
[class*="st-key-reasons_"] li { margin: 0 0 0.5rem; padding-left: 0; }
.st-key-quiz_foot [data-testid="stCaptionContainer"] p { margin: 0; }
[data-testid="InputInstructions"] { display: none; }
.st-key-card_view { position: absolute; width: 0; height: 0; overflow: hidden; }
/* What goes on stays in reach, however long the answer is. */
[data-testid="stLayoutWrapper"]:has(> :is(.st-key-quiz_foot, .st-key-mock_foot)) {
  position: sticky; bottom: 0; z-index: 5; padding: 0.6rem 0;
  background: color-mix(in srgb, var(--residual-page, transparent) 85%, transparent);
  backdrop-filter: blur(8px); }
@media (hover: none) { kbd[aria-label^="Shortcut"] { display: none; } }
@media (max-width: 480px) {
  .stMainBlockContainer { padding-top: 3.25rem; }
  .stMain .st-key-quiz_card h2 { font-size: 1.1rem; }
  [class*="st-key-confidence_"] { flex-wrap: nowrap; gap: 0.3rem; }
  [class*="st-key-confidence_"] > div { flex: 1 1 0; min-width: 0; }
  [class*="st-key-confidence_"] button { width: 100%; min-width: 0; padding: 0.25rem 0; }
}
</style>
"""
