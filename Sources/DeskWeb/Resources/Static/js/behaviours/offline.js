// Says that the network is away, for as long as it is.
export default function offline(banner) {
  const show = () => { banner.hidden = navigator.onLine; };
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
}
