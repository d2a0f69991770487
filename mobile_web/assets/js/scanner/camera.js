// The camera that looks away from the face, as sharp as a code needs.
export async function openCamera(video) {
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("no camera for this page", "InsecureContext");
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 1280 } },
  });
  const [track] = stream.getVideoTracks();
  const stop = () => track.stop();
  try {
    video.srcObject = stream;
    await video.play();
  } catch (error) {
    stop();
    throw error;
  }
  return {
    stop,
    hasLight: Boolean(track.getCapabilities?.().torch),
    light: (on) => track.applyConstraints({ advanced: [{ torch: on }] }).catch(() => {}),
  };
}
