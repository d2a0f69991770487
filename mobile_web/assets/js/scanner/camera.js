// The camera that looks away from the face, as sharp as a code needs; `signal` lets go of it at any moment.
export async function openCamera(video, { signal, lost }) {
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("no camera for this page", "InsecureContext");
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 1280 } },
  });
  const [track] = stream.getVideoTracks();
  // People may have left while the browser asked them: a camera that nobody looks through must not stay on.
  if (signal.aborted) track.stop();
  signal.addEventListener("abort", () => track.stop());
  track.addEventListener("ended", lost);
  if (!signal.aborted) {
    video.srcObject = stream;
    await video.play();
  }
  return {
    hasLight: Boolean(track.getCapabilities?.().torch),
    light: (on) => track.applyConstraints({ advanced: [{ torch: on }] }),
  };
}
