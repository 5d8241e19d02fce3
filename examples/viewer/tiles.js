/*
 * tiles.js - tile layers that renew only what changed.
 *
 * Every tile that OpenLayers holds is kept here with its ETag. After a change the tiles are asked for again
 * with If-None-Match: those near the change first, then the others on screen, because a label elsewhere may have
 * had to move, then those that OpenLayers keeps for later. The service answers 304 for all that stayed as they
 * were, and these are not touched.
 */

const mostHeld = 1024;

const matrixSets = {
  NetherlandsRDNewQuad: {
    projection: 'EPSG:28992', origin: [-285401.92, 903401.92], resolution: 3440.64, levels: 17,
    extent: [-285401.92, 22598.08, 595401.92, 903401.92],
  },
  WebMercatorQuad: {
    projection: 'EPSG:3857', origin: [-20037508.342789244, 20037508.342789244], resolution: 156543.03392804097,
    levels: 20, extent: [-20037508.342789244, -20037508.342789244, 20037508.342789244, 20037508.342789244],
  },
};

proj4.defs('EPSG:28992', '+proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 ' +
  '+y_0=463000 +ellps=bessel +towgs84=565.4171,50.3319,465.5524,1.9342,-1.6677,9.1019,4.0725 +units=m +no_defs');
ol.proj.proj4.register(proj4);
ol.proj.get('EPSG:28992').setExtent(matrixSets.NetherlandsRDNewQuad.extent);

export function matrixSet(id) {
  return matrixSets[id];
}

/**
 * A layer of a map's tiles. address(z, x, y, ratio) gives the address; renewed(count, asked) is called after a
 * renewal, noted() when what the tiles lack may have changed.
 */
export class LiveTiles {
  constructor(matrixSetId, address, { renewed, noted }) {
    const set = matrixSets[matrixSetId];
    this.held = new Map(); // OpenLayers tile -> {url, etag, notes}
    this.renewed = renewed;
    this.noted = noted;
    this.ratio = window.devicePixelRatio > 1 ? 2 : 1;
    this.grid = new ol.tilegrid.TileGrid({
      origin: set.origin, extent: set.extent, tileSize: 256,
      resolutions: Array.from({ length: set.levels }, (_, level) => set.resolution / 2 ** level),
    });
    this.source = new ol.source.TileImage({
      projection: set.projection, tileGrid: this.grid, wrapX: false, tilePixelRatio: this.ratio, transition: 0,
      tileUrlFunction: ([z, x, y]) => address(z, x, y, this.ratio),
      tileLoadFunction: (tile, url) => this.load(tile, url),
    });
    this.layer = new ol.layer.Tile({ source: this.source, preload: 0 });
  }

  async load(tile, url) {
    const answer = await fetch(url, { cache: 'no-cache' }).catch(() => null);
    if (!answer || !answer.ok) {
      tile.setState(3); // ol/TileState.ERROR
      return;
    }
    this.hold(tile, url, answer);
    if (this.held.size > mostHeld) {
      this.held.delete(this.held.keys().next().value); // OpenLayers let go of the oldest long ago
    }
    await show(tile, await answer.blob());
  }

  /** Asks again for the tiles near an extent (in the view's projection), then on screen, then for all others. */
  async renew(extent, screen) {
    const near = [];
    const onScreen = [];
    const others = [];
    for (const tile of this.held.keys()) {
      const box = this.grid.getTileCoordExtent(tile.getTileCoord());
      const margin = 160 * this.grid.getResolution(tile.getTileCoord()[0]);
      const isNear = ol.extent.intersects(ol.extent.buffer(extent, margin), box);
      const list = isNear ? near : ol.extent.intersects(screen, box) ? onScreen : others;
      list.push(tile);
    }
    const count = await this.reloadAll(near) + await this.reloadAll(onScreen);
    this.renewed(count, near.length + onScreen.length);
    await this.reloadAll(others);
  }

  async reloadAll(tiles) {
    const count = (await Promise.all(tiles.map((tile) => this.reload(tile)))).filter(Boolean).length;
    if (count) {
      this.layer.changed();
    }
    return count;
  }

  async reload(tile) {
    const { url, etag } = this.held.get(tile) || {};
    if (!url) {
      return false; // let go of in the meantime
    }
    const answer = await fetch(url, { cache: 'no-store', headers: etag ? { 'If-None-Match': etag } : {} })
      .catch(() => null);
    if (!answer || answer.status !== 200) {
      return false;
    }
    this.hold(tile, url, answer);
    await show(tile, await answer.blob());
    return true;
  }

  hold(tile, url, answer) {
    this.held.set(tile, { url, etag: answer.headers.get('ETag'), notes: answer.headers.get('Plottafel-Notes') || '' });
    this.noted();
  }

  /** Which layers failed on the tiles within an extent, whether symbols lie under others, and whether RD lacks its grid. */
  lacks(screen) {
    const notes = [...this.held].filter(([tile]) =>
      ol.extent.intersects(screen, this.grid.getTileCoordExtent(tile.getTileCoord()))).map(([, held]) => held.notes);
    const failed = notes.flatMap((note) => [...note.matchAll(/layer-failed;layer="([^"]*)"/g)].map((match) => match[1]));
    return { failedLayers: [...new Set(failed)], hasHidden: notes.some((note) => note.includes('symbol-hidden')), hasNoRdGrid: notes.some((note) => note.includes('no-rd-grid')) };
  }
}

async function show(tile, blob) {
  const image = tile.getImage();
  const old = image.src;
  image.src = URL.createObjectURL(blob);
  await image.decode?.().catch(() => {});
  if (old?.startsWith('blob:')) {
    URL.revokeObjectURL(old);
  }
}
