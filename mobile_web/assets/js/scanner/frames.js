// Pictures for the decoder: the middle square of the video, or a photo made smaller.
const SIDE = 640;
const PHOTO_SIDE = 1600;
let canvas = null;

export function grabFrame(video) {
  const side = Math.min(video.videoWidth, video.videoHeight);
  if (!side) return null;
  const size = Math.min(side, SIDE);
  const context = sized(size, size);
  context.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, size, size);
  return context.getImageData(0, 0, size, size);
}

export async function readPhoto(file) {
  const picture = await load(file);
  const scale = Math.min(1, PHOTO_SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
  const width = Math.max(1, Math.round(picture.naturalWidth * scale));
  const height = Math.max(1, Math.round(picture.naturalHeight * scale));
  const context = sized(width, height);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

async function load(file) {
  const picture = new Image();
  const address = URL.createObjectURL(file);
  try {
    await new Promise((resolve, reject) => {
      picture.onload = resolve;
      picture.onerror = reject;
      picture.src = address;
    });
  } finally {
    URL.revokeObjectURL(address); // a photo weighs megabytes, and the page may stay open all day
  }
  return picture;
}

function sized(width, height) {
  canvas ??= document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas.getContext("2d", { willReadFrequently: true });
}
