// What somebody sees on a page of notebook outputs, as plain data for the tests. It is there on
// every page as `probe`.
window.probe = (() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const shown = (element) => element.getClientRects().length > 0 && element.checkVisibility();
  const OUTPUT = ".jp-OutputArea-output, .jp-Cell-outputWrapper .output_area";
  const STDERR = '[data-mime-type="application/vnd.jupyter.stderr"]';

  // The number of an element's cell, from 0, or -1 outside of cells.
  const cells = () => all(".jp-Notebook .jp-Cell");
  const place = (element) => cells().indexOf(element.closest(".jp-Cell"));
  const texts = (selector) =>
    all(`.jp-CodeCell ${selector}`).map((e) => ({ cell: place(e), text: e.textContent.trim() }));

  const prompts = () => all(".jp-CodeCell .jp-InputArea .jp-InputPrompt").map((e) => e.textContent);
  const started = () => prompts().some((e) => /[\d*]/.test(e));
  // Whether the kernel answers, which it does a little later than its sign says.
  const ready = () => {
    const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
    return kernel?.status === "idle" && kernel.connectionStatus === "connected";
  };
  const finished = () =>
    prompts().length > 0 &&
    prompts().every((e) => /\d/.test(e)) &&
    document.querySelector(".jp-Notebook-ExecutionIndicator").dataset.status === "idle";

  const said = (element) => {
    const ids = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    return (
      element.getAttribute("alt") || element.getAttribute("aria-label") ||
      ids.map((id) => document.getElementById(id)?.textContent || "").join(" ").trim() ||
      element.querySelector(":scope > title, :scope > g > title")?.textContent || ""
    );
  };

  // Pictures in outputs; not the small signs on buttons.
  const pictures = (root = document) =>
    all("img, svg", root)
      .filter((e) => (e.closest(OUTPUT) || root !== document) && !e.closest("button, svg svg, summary"))
      .filter(shown)
      .map((e) => {
        const box = e.getBoundingClientRect();
        const image = e.tagName === "IMG";
        return {
          cell: place(e), kind: image ? "img" : "svg", alt: said(e),
          loaded: image ? e.complete && e.naturalWidth > 0 : true,
          width: box.width, height: box.height,
          scale: image ? box.width / e.naturalWidth : e.getScreenCTM()?.a || 0,
          source: image ? e.src : null,
        };
      });

  // Whether all images have arrived.
  const loaded = () => all("img").filter(shown).every((e) => e.complete);

  // Outputs that one must scroll sideways, or that stand out of the page.
  const tooWide = () => {
    const edge = document.querySelector(".jp-Notebook").getBoundingClientRect().right;
    const wide = all(OUTPUT).filter(shown).filter((output) => {
      const pictures = all("img, svg, table, figure, canvas", output).filter(shown);
      return output.scrollWidth > output.clientWidth + 1 ||
        pictures.some((e) => e.getBoundingClientRect().right > edge + 1 && !e.closest("svg svg"));
    });
    return wide.map((e) => ({ cell: place(e), needs: e.scrollWidth, has: e.clientWidth }));
  };

  // --- contrast -------------------------------------------------------------------------------
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (front, back) => front.slice(0, 3).map((c, i) => c * front[3] + back[i] * (1 - front[3]));
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };

  // The colour of the page behind an element: white, covered by what its ancestors paint.
  const pageBehind = (element) => {
    const chain = [];
    for (let e = element; e; e = e.parentElement) chain.unshift(e);
    return chain.reduce((back, e) => over(rgba(getComputedStyle(e).backgroundColor), back), [255, 255, 255]);
  };

  // Whether a shape of an SVG covers a point of the screen.
  const covers = (shape, x, y) => {
    const matrix = shape.getScreenCTM();
    if (!matrix || !shape.isPointInFill) return false;
    return shape.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix.inverse()));
  };

  // Texts of SVGs on the page, each with its contrast to what is painted behind it and its size.
  const svgTexts = () =>
    all("svg").filter((e) => !e.closest("svg svg, button") && (e.closest(OUTPUT) || e.closest("[data-probe]")))
      .filter(shown).flatMap((svg) => {
        const parts = all("rect, path, polygon, ellipse, circle, text", svg).filter((e) => !e.closest("defs, clipPath, marker"));
        const page = pageBehind(svg);
        return parts.flatMap((text, position) => {
          if (text.tagName !== "text" || !text.textContent.trim() || !shown(text)) return [];
          const box = text.getBoundingClientRect();
          const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
          let back = page;
          for (const shape of parts.slice(0, position)) {
            const style = getComputedStyle(shape);
            if (shape.tagName === "text" || style.fill === "none" || style.visibility === "hidden" || !shown(shape)) continue;
            if (!covers(shape, x, y)) continue;
            const fill = rgba(style.fill.startsWith("url") ? "transparent" : style.fill);
            back = over([...fill.slice(0, 3), fill[3] * style.fillOpacity * opacity(shape, svg)], back);
          }
          const style = getComputedStyle(text);
          const ink = rgba(style.fill);
          const drawn = over([...ink.slice(0, 3), ink[3] * style.fillOpacity * opacity(text, svg)], back);
          const scale = text.getScreenCTM().a;
          return [{ cell: place(svg), text: text.textContent.trim(), contrast: ratio(drawn, back), size: parseFloat(style.fontSize) * scale }];
        });
      });
  const opacity = (element, root) => {
    let product = 1;
    for (let e = element; e && e !== root.parentElement; e = e.parentElement) product *= getComputedStyle(e).opacity;
    return product;
  };

  // --- screenshots ----------------------------------------------------------------------------
  const panel = () => document.querySelector(".jp-WindowedPanel-outer");

  // [start, height] of pieces that fit the window and begin at a cell; a cell that is too tall for
  // one piece is cut.
  const slices = () => {
    const outer = panel();
    const zero = outer.getBoundingClientRect().top - outer.scrollTop;
    const boxes = cells().map((e) => e.getBoundingClientRect()).map((e) => [e.top - zero, e.bottom - zero]);
    const end = Math.max(...boxes.map((e) => e[1]));
    const pieces = [];
    for (let start = 0; start < end; start += pieces.at(-1)[1]) {
      const last = start + outer.clientHeight;
      const first = boxes.find((e) => e[1] > last);
      const next = !first ? end : first[0] > start + 1 ? first[0] : last;
      pieces.push([start, next - start]);
    }
    return pieces;
  };

  // Bring a place to the top; returns the rectangle of the window in which it is to be seen.
  const scrollTo = (start) => {
    const outer = panel();
    outer.scrollTo({ top: start, behavior: "instant" });
    const box = outer.getBoundingClientRect();
    const below = start - outer.scrollTop;
    return { x: box.x, y: box.y + below, width: outer.clientWidth, height: box.height - below };
  };

  return {
    all, place, shown, panel, prompts, started, ready, finished, pictures, loaded, tooWide, svgTexts, slices, scrollTo,
    stderr: () => texts(STDERR), words: () => texts("details pre, details ol, details li"),
    scripts: () => all(`${OUTPUT.split(",")[0]} script`).length,
  };
})();
