'use strict'
// Before anything is drawn: the page stands as it will with scripts, unless these fail before they are ready.
document.documentElement.classList.add('has-script')
addEventListener('error', () => { if (!document.documentElement.dataset.ready) document.documentElement.classList.remove('has-script') })
