function t(o){}export{t as start};
