/*
 * briefing_frame.js - the sheet of a briefing on the map: its paper and the part of the world that its map shows.
 *
 * Both are rectangles in RD; in another projection their edges bend, so they are followed in steps. The sheet is
 * moved by dragging; its middle is that of the map on it.
 */
const STEPS = 16; // of each edge

/** The ring of a box [west, south, east, north] in RD, in a projection. */
function ring([west, south, east, north], projection) {
  const corners = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  const points = corners.slice(1).flatMap((corner, i) => Array.from({ length: STEPS }, (_, step) =>
    corner.map((value, axis) => corners[i][axis] + ((value - corners[i][axis]) * step) / STEPS)));
  return [...points, points[0]].map((point) => ol.proj.transform(point, 'EPSG:28992', projection));
}

const line = (width, dash) => new ol.style.Stroke({ color: '#00469b', width, lineDash: dash });

export class BriefingFrame {
  /** moved() is called when the user has put the sheet elsewhere. */
  constructor(olMap, moved) {
    this.olMap = olMap;
    this.sheet = new ol.Feature();
    this.frame = new ol.Feature();
    this.sheet.setStyle(new ol.style.Style({ stroke: line(1, [6, 4]), fill: new ol.style.Fill({ color: 'rgb(255 255 255 / 45%)' }) }));
    this.frame.setStyle(new ol.style.Style({ stroke: line(2.5), fill: new ol.style.Fill({ color: 'transparent' }) })); // to be dragged by
    this.layer = new ol.layer.Vector({ source: new ol.source.Vector({ features: [this.sheet, this.frame] }) });
    this.drag = new ol.interaction.Translate({ features: new ol.Collection([this.sheet, this.frame]), layers: [this.layer] });
    this.drag.on('translateend', () => {
      const middle = ol.extent.getCenter(this.frame.getGeometry().getExtent());
      this.centre = ol.proj.transform(middle, this.projection(), 'EPSG:28992').map(Math.round);
      this.update();
      moved();
    });
  }

  projection() {
    return this.olMap.getView().getProjection();
  }

  /** size: of GET /templates: page_mm and map_mm, each [left, top, right, bottom]. */
  show(size, scale, centre) {
    const mm = ([left, top, right, bottom]) => [right - left, bottom - top];
    const metres = (sides) => sides.map((side) => (side * scale) / 1000);
    this.centre = centre;
    this.frameM = metres(mm(size.map_mm));
    this.sheetM = metres(mm(size.page_mm));
    this.cornerM = metres([(size.map_mm[0] + size.map_mm[2]) / 2, (size.map_mm[1] + size.map_mm[3]) / 2]);
    this.put();
  }

  /** An area [width, height] in metres without a sheet of its own: that of an atlas. */
  showArea(areaM, centre) {
    this.centre = centre;
    this.frameM = areaM;
    this.sheetM = null;
    this.put();
  }

  /** Was it put somewhere, and can that be seen? */
  isInView() {
    const extent = this.sheet.getGeometry()?.getExtent();
    return Boolean(extent) && ol.extent.intersects(extent, this.olMap.getView().calculateExtent(this.olMap.getSize()));
  }

  /** Is there nothing of the sheet beyond the window? */
  isWholeInView() {
    const extent = this.sheet.getGeometry().getExtent();
    return ol.extent.containsExtent(this.olMap.getView().calculateExtent(this.olMap.getSize()), extent);
  }

  put() {
    this.update();
    this.layer.setMap(this.olMap);
    if (!this.olMap.getInteractions().getArray().includes(this.drag)) {
      this.olMap.addInteraction(this.drag);
    }
  }

  hide() {
    this.layer.setMap(null);
    this.olMap.removeInteraction(this.drag);
  }

  /** The boxes in RD: [west, south, east, north]. */
  frameBox() {
    const [x, y] = this.centre;
    const [width, height] = this.frameM;
    return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  }

  sheetBox() {
    const west = this.centre[0] - this.cornerM[0];
    const north = this.centre[1] + this.cornerM[1];
    return [west, north - this.sheetM[1], west + this.sheetM[0], north];
  }

  update() {
    if (this.centre) {
      const frame = ring(this.frameBox(), this.projection());
      this.frame.setGeometry(new ol.geom.Polygon([frame]));
      this.sheet.setGeometry(new ol.geom.Polygon([this.sheetM ? ring(this.sheetBox(), this.projection()) : frame, frame]));
    }
  }

  /** Lets the map show the whole sheet. */
  zoomTo() {
    this.olMap.getView().fit(this.sheet.getGeometry().getExtent(), { padding: [24, 24, 24, 24] });
  }
}
