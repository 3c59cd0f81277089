/** The attribute that the build has put in the place of `style` in openapi-explorer. */
const ATTRIBUTE = 'data-style';

/** Takes the place of `<style>` there: its text becomes a sheet of its shadow tree. */
class SheetElement extends HTMLElement {
  readonly #sheet = new CSSStyleSheet();
  readonly #observer = new MutationObserver(() => this.#update());
  #tree: Document | ShadowRoot | undefined;

  connectedCallback(): void {
    this.hidden = true;
    const tree = this.getRootNode();
    if (!(tree instanceof ShadowRoot || tree instanceof Document)) return;
    this.#tree = tree;
    tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, this.#sheet];
    this.#observer.observe(this, { childList: true, characterData: true, subtree: true });
    this.#update();
  }

  disconnectedCallback(): void {
    this.#observer.disconnect();
    const tree = this.#tree;
    if (!tree) return;
    tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }

  #update(): void {
    this.#sheet.replaceSync(this.textContent ?? '');
  }
}

/**
 * Lets openapi-explorer have its styles under a policy that allows none in the document, by setting
 * them by code, which the policy allows. To be called before openapi-explorer is loaded.
 */
export function allowStyles(): void {
  customElements.define('style-sheet', SheetElement);
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function (name, value) {
    if (name === ATTRIBUTE) setStyle(this, value);
    else setAttribute.call(this, name, value);
  };
  // Templates are copied by it.
  const { importNode } = Document.prototype;
  Document.prototype.importNode = function <T extends Node>(node: T, deep?: boolean) {
    const copy = importNode.call(this, node, deep) as T;
    if (copy instanceof DocumentFragment) {
      for (const styled of copy.querySelectorAll(`[${ATTRIBUTE}]`)) {
        setStyle(styled, styled.getAttribute(ATTRIBUTE) ?? '');
      }
    }
    return copy;
  };
}

function setStyle(styled: Element, value: string): void {
  if (styled instanceof HTMLElement || styled instanceof SVGElement) styled.style.cssText = value;
}
