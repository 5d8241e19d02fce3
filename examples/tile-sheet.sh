#!/usr/bin/env bash
# tile-sheet.sh - draws tiles side by side and an HTML page that shows them as one picture.
#
#   tile-sheet.sh PLOTTAFEL CONFIG MAP TILEMATRIXSET/ZOOM COLUMN,ROW,COLUMNS,ROWS FOLDER
set -euo pipefail
[ $# = 6 ] || { sed -n '2,4p' "$0" >&2 && exit 2; }
plottafel=$1 config=$2 map=$3 matrix=$4 folder=$6
IFS=, read -r column row columns rows <<<"$5"
mkdir -p "$folder"
: >"$folder/notes.txt" # what the tiles do not show
page=$folder/index.html
{
    echo '<!DOCTYPE html><meta charset="utf-8"><title>Plottafel: tiles side by side</title>'
    echo "<style>body{margin:0}div{display:grid;grid-template-columns:repeat($columns,256px)}img{display:block}</style><div>"
} >"$page"
for ((y = row; y < row + rows; y++)); do
    for ((x = column; x < column + columns; x++)); do
        "$plottafel" --config "$config" tile "$map" "$matrix/$x/$y" -o "$folder/$x-$y.png" 2>>"$folder/notes.txt" ||
            { tail -n 1 "$folder/notes.txt" >&2 && exit 1; }
        echo "<img src=\"$x-$y.png\" alt=\"tile $x/$y\">" >>"$page"
    done
done
echo '</div>' >>"$page"
