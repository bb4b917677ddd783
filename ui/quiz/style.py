"""What the quiz and the mock interview look like, beyond the theme."""

QUIZ_CSS = """
<style>
[class*="st-key-options_"] button { justify-content: flex-start; text-align: left; }
[class*="st-key-options_"] button > div, [class*="st-key-options_"] button > div > span {
  justify-content: flex-start; width: 100%; }
[class*="st-key-options_"] kbd { margin-left: auto; }
[class*="st-key-confidence_"] button { min-width: 4.1rem; }
[class*="st-key-reasons_"] :is(ul, ol) { list-style: none; margin-left: 0; padding-left: 0; }
[class*="st-key-reasons_"] li { margin: 0 0 0.5rem; padding-left: 1.5rem; text-indent: -1.5rem; }
[class*="st-key-reasons_"] li strong:first-of-type {
  display: inline-block; width: 1.5rem; text-indent: 0; }
[class*="st-key-reasons_"] li strong:not(:first-of-type) { text-indent: 0; }
[data-testid="InputInstructions"] { display: none; }
.st-key-card_view { position: absolute; }
/* What goes on stays in reach, however long the answer is. */
[data-testid="stLayoutWrapper"]:has(> :is(.st-key-quiz_foot, .st-key-mock_foot)) {
  position: sticky; bottom: 0; z-index: 5; padding: 0.6rem 0;
  background: color-mix(in srgb, var(--residual-page, transparent) 85%, transparent);
  backdrop-filter: blur(8px); }
@media (hover: none) { kbd[aria-label^="Shortcut"] { display: none; } }
@media (max-width: 480px) {
  .stMainBlockContainer { padding-top: 3.25rem; }
  .stMainBlockContainer h1 { font-size: 1.35rem; padding: 0.25rem 0 0.5rem; }
  [class*="st-key-confidence_"] { flex-wrap: nowrap; gap: 0.3rem; }
  [class*="st-key-confidence_"] > div { flex: 1 1 0; min-width: 0; }
  [class*="st-key-confidence_"] button { width: 100%; min-width: 0; padding: 0.25rem 0; }
}
</style>
"""
